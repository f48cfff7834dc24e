package dev.facefusion.runtime.gpu;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.facefusion.runtime.gpu.Gpu.Board;
import dev.facefusion.runtime.gpu.Gpu.Errors;
import dev.facefusion.runtime.gpu.Gpu.Identity;
import dev.facefusion.runtime.gpu.Gpu.Slice;
import dev.facefusion.runtime.gpu.Gpu.State;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Asks the driver for every GPU, round by round. Belongs to one thread.
final class GpuReader {

    private static final int SLOWDOWN = 1;
    private static final int SM = 1;
    private static final int CORRECTED = 0;
    private static final int UNCORRECTED = 1;

    private final NvmlCaller nvml;
    private final Function<String, XidCount> xids;
    private final OptionalInt ourPid;
    private final Map<Integer, List<Gpu>> before = new HashMap<>();
    private final Map<Integer, HeatEpisode> heat = new HashMap<>();

    /// What one round brought.
    ///
    /// @param error a sentence on the first question that failed; `null` if all is well
    record Round(List<Gpu> gpus, @Nullable String error) {}

    /// @param xids the errors reported so far of the GPU with a UUID
    /// @param ourPid by the host's count; empty if it is not known
    GpuReader(NvmlCaller nvml, Function<String, XidCount> xids, OptionalInt ourPid) {
        this.nvml = nvml;
        this.xids = xids;
        this.ourPid = ourPid;
    }

    /// Asks every GPU everything.
    ///
    /// @param now of a clock that only runs forward, in nanoseconds
    /// @throws NvmlException if the driver does not even tell how many there are
    Round read(long now) {
        try (var arena = Arena.ofConfined()) {
            var gpus = new ArrayList<Gpu>();
            var errors = new ArrayList<String>();
            var count = arena.allocate(JAVA_INT);
            nvml.require(NvmlFunction.DEVICE_COUNT, count);
            // One that was there and is not counted any more is lost too.
            var all = Math.max(count.get(JAVA_INT, 0), before.size());
            for (var index = 0; index < all; index++) {
                var seen = gpu(arena, index, gpus.size(), now, errors);
                before.put(index, seen);
                gpus.addAll(seen);
            }
            return new Round(gpus, errors.isEmpty() ? null : errors.getFirst());
        }
    }

    /// The GPU or its slices, of which the first gets the given place in the list.
    private List<Gpu> gpu(Arena arena, int index, int place, long now, List<String> errors) {
        var handle = arena.allocate(ADDRESS);
        var code = nvml.call(NvmlFunction.DEVICE_BY_INDEX, index, handle);
        if (code != NvmlReturn.SUCCESS) {
            if (code != NvmlReturn.GPU_IS_LOST && !before.containsKey(index)) {
                errors.add(sentence(NvmlFunction.DEVICE_BY_INDEX, index, code));
            }
            return lost(index, place);
        }
        var card = new Device(nvml, arena, handle.get(ADDRESS, 0));
        var uuid = card.text(NvmlFunction.UUID);
        var board = board(index, card, now);
        var integrity = errors(card, uuid);
        var slices = card.partitioned() ? card.slices() : List.<Device>of();
        var gpus = new ArrayList<Gpu>();
        if (slices.isEmpty()) {
            var name = card.text(NvmlFunction.NAME);
            var identity = new Identity(place, uuid, name, null);
            gpus.add(gpu(identity, card, card.utilizationPercent(), board, integrity));
        }
        for (var slice : slices) {
            var identity = identity(place + gpus.size(), slice, index, uuid);
            gpus.add(gpu(identity, slice, null, board, integrity));
            slice.faults().forEach(fault -> errors.add(sentence(fault, index)));
        }
        card.faults().forEach(fault -> errors.add(sentence(fault, index)));
        return card.state() == State.LOST ? lost(index, place) : standing(gpus, card.state());
    }

    private static Identity identity(int place, Device slice, int parent, @Nullable String uuid) {
        return new Identity(
                place,
                slice.text(NvmlFunction.UUID),
                slice.text(NvmlFunction.NAME),
                new Slice(parent, uuid, slice.number(NvmlFunction.GPU_INSTANCE)));
    }

    private Gpu gpu(
            Identity identity,
            Device device,
            @Nullable Integer utilizationPercent,
            Board board,
            Errors errors) {
        var memory = device.memory();
        var processes = device.processes(ourPid);
        return new Gpu(
                identity,
                device.state(),
                memory,
                utilizationPercent,
                processes == null ? null : processes.ours(),
                processes == null ? null : (Integer) processes.count(),
                board,
                errors);
    }

    private Board board(int index, Device card, long now) {
        var reasons = card.throttleReasons();
        var hot = reasons != null && reasons.stream().anyMatch(ThrottleReason::emergency);
        var episode = heat.getOrDefault(index, HeatEpisode.NONE).next(now, hot);
        heat.put(index, episode);
        return new Board(
                card.temperatureCelsius(),
                card.number(NvmlFunction.TEMPERATURE_THRESHOLD, SLOWDOWN),
                card.watts(NvmlFunction.POWER),
                card.watts(NvmlFunction.POWER_LIMIT),
                card.number(NvmlFunction.CLOCK, SM),
                reasons,
                episode.lasting());
    }

    private Errors errors(Device card, @Nullable String uuid) {
        var remapping = card.remapping();
        var reported = uuid == null ? XidCount.NONE : xids.apply(uuid);
        return new Errors(
                card.eccErrors(CORRECTED),
                card.eccErrors(UNCORRECTED),
                remapping == null ? null : (Boolean) remapping[0],
                remapping == null ? null : (Boolean) remapping[1],
                reported.counts(),
                reported.last());
    }

    // A card that must be reset takes its slices with it.
    private static List<Gpu> standing(List<Gpu> gpus, State card) {
        return card == State.PRESENT ? gpus : gpus.stream().map(gpu -> gpu.in(card)).toList();
    }

    // What is known of it from before: who it was, and what it reported at the end.
    private List<Gpu> lost(int index, int place) {
        heat.remove(index);
        var known = before.get(index);
        if (known == null || known.isEmpty()) {
            var nobody = new Identity(place, null, null, null);
            return List.of(Gpu.lost(nobody, Errors.UNKNOWN));
        }
        var gone = new ArrayList<Gpu>();
        for (var gpu : known) {
            var identity = gpu.identity().at(place + gone.size());
            var uuid = identity.cardUuid();
            var reported = uuid == null ? XidCount.NONE : xids.apply(uuid);
            gone.add(Gpu.lost(identity, Errors.reported(reported)));
        }
        return gone;
    }

    private static String sentence(Device.Fault fault, int index) {
        return sentence(fault.function(), index, fault.code());
    }

    private static String sentence(NvmlFunction function, int index, int code) {
        return "%s failed for GPU %d with %s."
                .formatted(function.symbol(), index, NvmlReturn.describe(code));
    }
}

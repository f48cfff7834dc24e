package dev.facefusion.runtime.gpu;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.facefusion.runtime.gpu.NvmlStructs.Temperature;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One device of NVML, a GPU or a slice of one, during one round of questions. What it does not
/// answer is `null`, and what went wrong is kept. Belongs to the thread that asks.
final class Device {

    private static final int TEXT_LENGTH = 96;
    private static final int PROCESSES_AT_FIRST = 64;

    private final NvmlCaller nvml;
    private final Arena arena;
    private final MemorySegment handle;
    private final List<Fault> faults = new ArrayList<>();
    private Gpu.State state = Gpu.State.PRESENT;

    /// A question that was not answered, though the driver has the answer.
    record Fault(NvmlFunction function, int code) {}

    /// @param count on the device
    /// @param ours bytes that this process holds; `null` if it is not among them
    record Processes(int count, @Nullable Long ours) {}

    Device(NvmlCaller nvml, Arena arena, MemorySegment handle) {
        this.nvml = nvml;
        this.arena = arena;
        this.handle = handle;
    }

    /// What the answers so far say.
    Gpu.State state() {
        return state;
    }

    List<Fault> faults() {
        return List.copyOf(faults);
    }

    @Nullable String text(NvmlFunction function) {
        var text = arena.allocate(TEXT_LENGTH);
        return answered(function, handle, text, TEXT_LENGTH) ? text.getString(0, UTF_8) : null;
    }

    /// An unsigned int.
    @Nullable Integer number(NvmlFunction function) {
        var number = arena.allocate(JAVA_INT);
        return answered(function, handle, number) ? (Integer) number.get(JAVA_INT, 0) : null;
    }

    /// An unsigned int of a kind.
    @Nullable Integer number(NvmlFunction function, int kind) {
        var number = arena.allocate(JAVA_INT);
        return answered(function, handle, kind, number) ? (Integer) number.get(JAVA_INT, 0) : null;
    }

    /// Milliwatts as watts.
    @Nullable Double watts(NvmlFunction function) {
        var milliwatts = number(function);
        return milliwatts == null ? null : milliwatts / 1000.0;
    }

    Gpu.@Nullable Memory memory() {
        var v2 = arena.allocate(NvmlStructs.MemoryV2.SIZE, Long.BYTES);
        v2.set(JAVA_INT, 0, NvmlStructs.MemoryV2.VERSION);
        if (answered(NvmlFunction.MEMORY_V2, handle, v2)) {
            var memory = NvmlStructs.MemoryV2.read(v2);
            // Drivers differ in whether their own `used` has the reserve in it.
            return new Gpu.Memory(
                    memory.total(),
                    memory.total() - memory.free() - memory.reserved(),
                    memory.free(),
                    memory.reserved());
        }
        var v1 = arena.allocate(NvmlStructs.Memory.SIZE, Long.BYTES);
        if (!answered(NvmlFunction.MEMORY, handle, v1)) {
            return null;
        }
        var memory = NvmlStructs.Memory.read(v1);
        return new Gpu.Memory(memory.total(), memory.total() - memory.free(), memory.free(), null);
    }

    @Nullable Integer utilizationPercent() {
        var rates = arena.allocate(NvmlStructs.UTILIZATION_SIZE, Integer.BYTES);
        return answered(NvmlFunction.UTILIZATION, handle, rates)
                ? (Integer) rates.get(JAVA_INT, 0)
                : null;
    }

    @Nullable Integer temperatureCelsius() {
        var gpu = 0;
        var celsius = number(NvmlFunction.TEMPERATURE, gpu);
        if (celsius != null) {
            return celsius;
        }
        var temperature = arena.allocate(Temperature.SIZE, Integer.BYTES);
        temperature.set(JAVA_INT, 0, Temperature.VERSION);
        return answered(NvmlFunction.TEMPERATURE_V, handle, temperature)
                ? (Integer) temperature.get(JAVA_INT, Temperature.CELSIUS)
                : null;
    }

    @Nullable List<ThrottleReason> throttleReasons() {
        var bits = bits(NvmlFunction.CLOCK_REASONS);
        if (bits.isEmpty()) {
            bits = bits(NvmlFunction.THROTTLE_REASONS);
        }
        return bits.isPresent() ? ThrottleReason.of(bits.getAsLong()) : null;
    }

    private OptionalLong bits(NvmlFunction function) {
        var bits = arena.allocate(JAVA_LONG);
        return answered(function, handle, bits)
                ? OptionalLong.of(bits.get(JAVA_LONG, 0))
                : OptionalLong.empty();
    }

    /// Errors since the driver was loaded.
    ///
    /// @param kind 0 for those that were corrected, 1 for those that were not
    @Nullable Long eccErrors(int kind) {
        var sinceLoaded = 0;
        var count = arena.allocate(JAVA_LONG);
        return answered(NvmlFunction.ECC_ERRORS, handle, kind, sinceLoaded, count)
                ? (Long) count.get(JAVA_LONG, 0)
                : null;
    }

    /// Whether a row waits to be replaced, and whether one could not be; `null` if unknown.
    boolean @Nullable [] remapping() {
        var numbers = IntStream.range(0, 4).mapToObj(_ -> arena.allocate(JAVA_INT)).toList();
        return answered(
                        NvmlFunction.REMAPPED_ROWS,
                        handle,
                        numbers.get(0),
                        numbers.get(1),
                        numbers.get(2),
                        numbers.get(3))
                ? new boolean[] {
                    numbers.get(2).get(JAVA_INT, 0) != 0, numbers.get(3).get(JAVA_INT, 0) != 0
                }
                : null;
    }

    /// The compute processes that are visible to us.
    ///
    /// @param ourPid by the host's count; empty if it is not known
    @Nullable Processes processes(OptionalInt ourPid) {
        var newest = processes(NvmlFunction.PROCESSES, PROCESSES_AT_FIRST, ourPid);
        return newest != null
                ? newest
                : processes(NvmlFunction.PROCESSES_V2, PROCESSES_AT_FIRST, ourPid);
    }

    private @Nullable Processes processes(NvmlFunction function, int room, OptionalInt ourPid) {
        var count = arena.allocate(JAVA_INT);
        count.set(JAVA_INT, 0, room);
        var list = arena.allocate(NvmlStructs.ProcessInfo.SIZE * room, Long.BYTES);
        var code = nvml.call(function, handle, count, list);
        var found = count.get(JAVA_INT, 0);
        if (code == NvmlReturn.INSUFFICIENT_SIZE && found > room) {
            return processes(function, found * 2, ourPid);
        }
        return answered(function, code) ? new Processes(found, ours(list, found, ourPid)) : null;
    }

    private static @Nullable Long ours(MemorySegment list, int count, OptionalInt ourPid) {
        for (var i = 0; i < count; i++) {
            var process = NvmlStructs.ProcessInfo.read(list, i);
            if (ourPid.isPresent()
                    && process.pid() == ourPid.getAsInt()
                    && process.usedMemory() != NvmlStructs.ProcessInfo.NOT_AVAILABLE) {
                return process.usedMemory();
            }
        }
        return null;
    }

    /// True if the GPU is partitioned.
    boolean partitioned() {
        var current = arena.allocate(JAVA_INT);
        var pending = arena.allocate(JAVA_INT);
        return answered(NvmlFunction.MIG_MODE, handle, current, pending)
                && current.get(JAVA_INT, 0) == 1;
    }

    /// The slices that we may use.
    List<Device> slices() {
        var most = number(NvmlFunction.MIG_COUNT);
        var slices = new ArrayList<Device>();
        for (var i = 0; i < (most == null ? 0 : most); i++) {
            var found = arena.allocate(ADDRESS);
            if (answered(NvmlFunction.MIG_BY_INDEX, handle, i, found)) {
                slices.add(new Device(nvml, arena, found.get(ADDRESS, 0)));
            }
        }
        return slices;
    }

    private boolean answered(NvmlFunction function, Object... arguments) {
        return answered(function, nvml.call(function, arguments));
    }

    private boolean answered(NvmlFunction function, int code) {
        switch (code) {
            case NvmlReturn.GPU_IS_LOST -> state = Gpu.State.LOST;
            case NvmlReturn.RESET_REQUIRED -> {
                if (state == Gpu.State.PRESENT) {
                    state = Gpu.State.RESET_REQUIRED;
                }
            }
            default -> {
                if (code != NvmlReturn.SUCCESS && !NvmlReturn.unavailable(code)) {
                    faults.add(new Fault(function, code));
                }
            }
        }
        return code == NvmlReturn.SUCCESS;
    }
}

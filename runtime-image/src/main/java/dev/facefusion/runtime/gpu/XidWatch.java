package dev.facefusion.runtime.gpu;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.facefusion.runtime.gpu.NvmlStructs.Event;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens on a thread of its own, which the driver blocks, for the errors that it reports. Where
/// they cannot be heard there are none.
final class XidWatch {

    private static final Logger log = LoggerFactory.getLogger(XidWatch.class);

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int UUID_LENGTH = 96;

    private final NvmlCaller nvml;
    private final CountDownLatch closed;
    private final Map<String, XidCount> counts = new ConcurrentHashMap<>();
    // By the driver's address of the device, asked for early: one that is lost does not tell it.
    private final Map<Long, String> uuids = new HashMap<>();

    private XidWatch(NvmlCaller nvml, CountDownLatch closed) {
        this.nvml = nvml;
        this.closed = closed;
    }

    /// Begins to listen.
    ///
    /// @param nvml initialised
    /// @param closed ends it
    static XidWatch start(NvmlCaller nvml, CountDownLatch closed) {
        var watch = new XidWatch(nvml, closed);
        Thread.ofPlatform().daemon().name("gpu-events").start(watch::listen);
        return watch;
    }

    /// What the GPU has reported so far.
    XidCount count(String uuid) {
        return counts.getOrDefault(uuid, XidCount.NONE);
    }

    private void listen() {
        try (var arena = Arena.ofConfined()) {
            var set = arena.allocate(ADDRESS);
            nvml.require(NvmlFunction.EVENT_SET_CREATE, set);
            var events = set.get(ADDRESS, 0);
            register(arena, events);
            var event = arena.allocate(Event.SIZE, Long.BYTES);
            while (closed.getCount() > 0) {
                listenOnce(events, event);
            }
            nvml.call(NvmlFunction.EVENT_SET_FREE, events);
        } catch (NvmlException | InterruptedException e) {
            log.atInfo()
                    .addKeyValue("reason", e.getMessage())
                    .log("Errors that GPUs report cannot be heard");
        }
    }

    private void register(Arena arena, MemorySegment events) {
        var count = arena.allocate(JAVA_INT);
        nvml.require(NvmlFunction.DEVICE_COUNT, count);
        for (var index = 0; index < count.get(JAVA_INT, 0); index++) {
            var code = register(arena, events, index);
            if (code != NvmlReturn.SUCCESS) {
                log.atInfo()
                        .addKeyValue("gpu", index)
                        .addKeyValue("reason", NvmlReturn.describe(code))
                        .log("Errors that a GPU reports cannot be heard");
            }
        }
    }

    private int register(Arena arena, MemorySegment events, int index) {
        var handle = arena.allocate(ADDRESS);
        var code = nvml.call(NvmlFunction.DEVICE_BY_INDEX, index, handle);
        if (code != NvmlReturn.SUCCESS) {
            return code;
        }
        var device = handle.get(ADDRESS, 0);
        var uuid = arena.allocate(UUID_LENGTH);
        code = nvml.call(NvmlFunction.UUID, device, uuid, UUID_LENGTH);
        if (code != NvmlReturn.SUCCESS) {
            return code;
        }
        uuids.put(device.address(), uuid.getString(0));
        return nvml.call(NvmlFunction.EVENTS_REGISTER, device, Event.XID, events);
    }

    private void listenOnce(MemorySegment events, MemorySegment event) throws InterruptedException {
        var code = nvml.call(NvmlFunction.EVENT_WAIT, events, event, (int) PATIENCE.toMillis());
        if (code == NvmlReturn.SUCCESS) {
            heard(Event.read(event));
        } else if (code != NvmlReturn.TIMEOUT) {
            // A GPU that is lost makes the driver return at once, every time.
            var _ = closed.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void heard(Event event) {
        var xid = (int) event.data();
        var uuid = uuids.get(event.device().address());
        if (event.type() == Event.XID && uuid != null) {
            counts.merge(uuid, XidCount.NONE.and(xid), (before, _) -> before.and(xid));
        }
        log.atWarn()
                .addKeyValue("gpu", uuid)
                .addKeyValue("xid", xid)
                .addKeyValue("class", XidClass.of(xid).id())
                .log("A GPU reported an error");
    }
}

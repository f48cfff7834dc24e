package dev.facefusion.runtime.engine.session;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import ai.onnxruntime.OrtSession;
import dev.facefusion.runtime.engine.session.NativeInterface.Function;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The arena from which a model's session takes its memory. It grows and keeps what it has: a total
/// that goes on growing under the same work is a leak.
///
/// @param totalBytes taken from the device
/// @param inUseBytes of them lent out now
/// @param maxBytes that were lent out at once at most
/// @param extensions how often the arena grew
public record ArenaFigures(long totalBytes, long inUseBytes, long maxBytes, long extensions) {

    private static final int ORT_ARENA_ALLOCATOR = 1;
    private static final int ORT_MEM_TYPE_DEFAULT = 0;
    private static final int FIRST_DEVICE = 0;
    private static final FunctionDescriptor RELEASE = FunctionDescriptor.ofVoid(ADDRESS);

    /// Asks the session's allocator for the memory that its provider computes in. Not while the
    /// session is closed.
    ///
    /// @return empty if that allocator keeps no figures
    static Optional<ArenaFigures> of(OrtSession session, ExecutionProvider provider) {
        try (var arena = Arena.ofConfined()) {
            return of(withAllocator(NativeInterface.address(session), provider, arena));
        } catch (SessionException e) {
            throw e;
        } catch (Throwable e) {
            throw new SessionException("ONNX Runtime does not tell an arena's figures", e);
        }
    }

    private static Optional<ArenaFigures> of(Map<String, Long> statistics) {
        var total = statistics.get("TotalAllocated");
        var inUse = statistics.get("InUse");
        var max = statistics.get("MaxInUse");
        var extensions = statistics.get("NumArenaExtensions");
        return total == null || inUse == null || max == null || extensions == null
                ? Optional.empty()
                : Optional.of(new ArenaFigures(total, inUse, max, extensions));
    }

    private static Map<String, Long> withAllocator(
            MemorySegment session, ExecutionProvider provider, Arena arena) throws Throwable {
        var api = NativeInterface.get();
        var releaseMemoryInfo = api.function(Function.RELEASE_MEMORY_INFO, RELEASE);
        var memoryInfo = memoryInfo(provider, api, arena);
        try {
            var create =
                    api.function(
                            Function.CREATE_ALLOCATOR,
                            FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, ADDRESS));
            var release = api.function(Function.RELEASE_ALLOCATOR, RELEASE);
            var cell = NativeInterface.cell(arena);
            api.check((MemorySegment) create.invokeExact(session, memoryInfo, cell));
            var allocator = cell.get(ADDRESS, 0);
            try {
                return statistics(allocator, api, arena);
            } finally {
                release.invokeExact(allocator);
            }
        } finally {
            releaseMemoryInfo.invokeExact(memoryInfo);
        }
    }

    private static MemorySegment memoryInfo(
            ExecutionProvider provider, NativeInterface api, Arena arena) throws Throwable {
        var create =
                api.function(
                        Function.CREATE_MEMORY_INFO,
                        FunctionDescriptor.of(
                                ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
        var name =
                arena.allocateFrom(
                        switch (provider) {
                            case CUDA, TENSORRT -> "Cuda";
                            case CPU -> "Cpu";
                        });
        var cell = NativeInterface.cell(arena);
        api.check(
                (MemorySegment)
                        create.invokeExact(
                                name,
                                ORT_ARENA_ALLOCATOR,
                                FIRST_DEVICE,
                                ORT_MEM_TYPE_DEFAULT,
                                cell));
        return cell.get(ADDRESS, 0);
    }

    private static Map<String, Long> statistics(
            MemorySegment allocator, NativeInterface api, Arena arena) throws Throwable {
        var read =
                api.function(
                        Function.ALLOCATOR_GET_STATS,
                        FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
        var release = api.function(Function.RELEASE_KEY_VALUE_PAIRS, RELEASE);
        var cell = NativeInterface.cell(arena);
        api.check((MemorySegment) read.invokeExact(allocator, cell));
        var pairs = cell.get(ADDRESS, 0);
        try {
            return entries(pairs, api, arena);
        } finally {
            release.invokeExact(pairs);
        }
    }

    private static Map<String, Long> entries(MemorySegment pairs, NativeInterface api, Arena arena)
            throws Throwable {
        var read =
                api.function(
                        Function.GET_KEY_VALUE_PAIRS,
                        FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, ADDRESS, ADDRESS));
        var keys = NativeInterface.cell(arena);
        var values = NativeInterface.cell(arena);
        var count = NativeInterface.cell(arena);
        read.invokeExact(pairs, keys, values, count);
        var names = NativeInterface.pointers(keys, count);
        var numbers = NativeInterface.pointers(values, count);
        var entries = new HashMap<String, Long>();
        for (int i = 0; i < names.size(); i++) {
            entries.put(
                    NativeInterface.text(names.get(i)),
                    Long.valueOf(NativeInterface.text(numbers.get(i))));
        }
        return entries;
    }
}

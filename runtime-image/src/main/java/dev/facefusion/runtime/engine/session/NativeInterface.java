package dev.facefusion.runtime.engine.session;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import ai.onnxruntime.OrtSession;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.stream.LongStream;

/// ONNX Runtime's C interface, for what the Java binding has no call for.
///
/// The interface is a table of functions that only ever grows at its end: a function's place in it
/// holds for every later library. Call it once the binding has loaded the native library.
@SuppressWarnings("restricted")
final class NativeInterface {

    /// The version that every function named here is in.
    private static final int API_VERSION = 24;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final FunctionDescriptor STATUS_TEXT = FunctionDescriptor.of(ADDRESS, ADDRESS);
    private static final FunctionDescriptor RELEASE = FunctionDescriptor.ofVoid(ADDRESS);

    private static final NativeInterface INSTANCE = open();

    private final MemorySegment table;
    private final MethodHandle errorMessage;
    private final MethodHandle releaseStatus;

    private NativeInterface(MemorySegment table) {
        this.table = table;
        this.errorMessage = function(Function.GET_ERROR_MESSAGE, STATUS_TEXT);
        this.releaseStatus = function(Function.RELEASE_STATUS, RELEASE);
    }

    /// The places in the table, from `onnxruntime_c_api.h`.
    enum Function {
        GET_ERROR_MESSAGE(2),
        CREATE_ENV(3),
        CREATE_MEMORY_INFO(68),
        RELEASE_STATUS(93),
        RELEASE_MEMORY_INFO(94),
        CREATE_ALLOCATOR(131),
        RELEASE_ALLOCATOR(132),
        GET_KEY_VALUE_PAIRS(298),
        RELEASE_KEY_VALUE_PAIRS(300),
        ALLOCATOR_GET_STATS(319),
        SESSION_GET_EP_GRAPH_ASSIGNMENT_INFO(407),
        EP_ASSIGNED_SUBGRAPH_GET_EP_NAME(408),
        EP_ASSIGNED_SUBGRAPH_GET_NODES(409);

        private final long place;

        Function(long place) {
            this.place = place;
        }
    }

    static NativeInterface get() {
        return INSTANCE;
    }

    MethodHandle function(Function function, FunctionDescriptor descriptor) {
        var offset = function.place * ADDRESS.byteSize();
        var address = table.reinterpret(offset + ADDRESS.byteSize()).get(ADDRESS, offset);
        return LINKER.downcallHandle(address, descriptor);
    }

    /// Throws if a call returned an error.
    ///
    /// @param status what the call returned: null where all is well
    void check(MemorySegment status) throws Throwable {
        if (status.address() == 0) {
            return;
        }
        var message = text((MemorySegment) errorMessage.invokeExact(status));
        releaseStatus.invokeExact(status);
        throw new SessionException("ONNX Runtime: " + message);
    }

    static String text(MemorySegment address) {
        return address.reinterpret(Long.MAX_VALUE).getString(0);
    }

    /// The pointers that a call returned as an array and a count, each written to a cell.
    static List<MemorySegment> pointers(MemorySegment array, MemorySegment count) {
        var length = count.get(JAVA_LONG, 0);
        var pointers =
                array.get(ADDRESS, 0)
                        .reinterpret(MemoryLayout.sequenceLayout(length, ADDRESS).byteSize());
        return LongStream.range(0, length).mapToObj(i -> pointers.getAtIndex(ADDRESS, i)).toList();
    }

    /// A cell that a call writes one pointer or `size_t` to.
    static MemorySegment cell(Arena arena) {
        return arena.allocate(ValueLayout.JAVA_LONG);
    }

    /// The session's native object, which the binding keeps to itself.
    static MemorySegment address(OrtSession session) {
        try {
            var handle = OrtSession.class.getDeclaredField("nativeHandle");
            handle.setAccessible(true);
            return MemorySegment.ofAddress(handle.getLong(session));
        } catch (ReflectiveOperationException e) {
            throw new SessionException("the Java binding has changed: it has no native handle", e);
        }
    }

    private static NativeInterface open() {
        try {
            var base =
                    (MemorySegment)
                            LINKER.downcallHandle(
                                            SymbolLookup.loaderLookup()
                                                    .findOrThrow("OrtGetApiBase"),
                                            FunctionDescriptor.of(ADDRESS))
                                    .invokeExact();
            var getApi = base.reinterpret(ADDRESS.byteSize()).get(ADDRESS, 0);
            var table =
                    (MemorySegment)
                            LINKER.downcallHandle(getApi, FunctionDescriptor.of(ADDRESS, JAVA_INT))
                                    .invokeExact(API_VERSION);
            if (table.address() == 0) {
                throw new SessionException("ONNX Runtime is older than 1." + API_VERSION);
            }
            return new NativeInterface(table);
        } catch (SessionException e) {
            throw e;
        } catch (Throwable e) {
            throw new SessionException("ONNX Runtime's C interface cannot be called", e);
        }
    }
}

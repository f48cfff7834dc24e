package dev.facefusion.runtime.engine.session;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/// Keeps ONNX Runtime's environment alive until the process ends.
///
/// The Java binding frees it in a shutdown hook of its own, and a model that runs at that moment,
/// while a drain finishes the last task, takes the process down with a segmentation fault. The
/// environment counts its owners, so this makes itself one through the C interface and never lets
/// go.
@SuppressWarnings("restricted")
final class EnvironmentPin {

    /// Version of the C interface that the calls below are taken from; later libraries keep them.
    private static final int API_VERSION = 23;

    private static final int ORT_LOGGING_LEVEL_ERROR = 3;

    /// Place of `CreateEnv` in the table of functions, which only ever grows at its end.
    private static final long CREATE_ENV = 3 * ADDRESS.byteSize();

    private EnvironmentPin() {}

    /// Call it once the binding has loaded the native library.
    static void keepAlive() {
        try (var arena = Arena.ofConfined()) {
            var environment = arena.allocate(ADDRESS);
            var status =
                    (MemorySegment)
                            createEnv()
                                    .invokeExact(
                                            ORT_LOGGING_LEVEL_ERROR,
                                            arena.allocateFrom("facefusion"),
                                            environment);
            if (status.address() != 0) {
                throw new SessionException("ONNX Runtime refused a second owner");
            }
        } catch (SessionException e) {
            throw e;
        } catch (Throwable e) {
            throw new SessionException("ONNX Runtime's C interface cannot be called", e);
        }
    }

    private static MethodHandle createEnv() throws Throwable {
        var linker = Linker.nativeLinker();
        var base =
                (MemorySegment)
                        linker.downcallHandle(
                                        SymbolLookup.loaderLookup().findOrThrow("OrtGetApiBase"),
                                        FunctionDescriptor.of(ADDRESS))
                                .invokeExact();
        var getApi = base.reinterpret(ADDRESS.byteSize()).get(ADDRESS, 0);
        var table =
                (MemorySegment)
                        linker.downcallHandle(getApi, FunctionDescriptor.of(ADDRESS, JAVA_INT))
                                .invokeExact(API_VERSION);
        var function = table.reinterpret(CREATE_ENV + ADDRESS.byteSize()).get(ADDRESS, CREATE_ENV);
        return linker.downcallHandle(
                function, FunctionDescriptor.of(ADDRESS, JAVA_INT, ADDRESS, ADDRESS));
    }
}

package dev.facefusion.runtime.engine.session;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;

/// Keeps ONNX Runtime's environment alive until the process ends.
///
/// The Java binding frees it in a shutdown hook of its own, and a model that runs at that moment,
/// while a drain finishes the last task, takes the process down with a segmentation fault. The
/// environment counts its owners, so this makes itself one through the C interface and never lets
/// go.
final class EnvironmentPin {

    private static final int ORT_LOGGING_LEVEL_ERROR = 3;

    private EnvironmentPin() {}

    /// Call it once the binding has loaded the native library.
    static void keepAlive() {
        var api = NativeInterface.get();
        var createEnv =
                api.function(
                        NativeInterface.Function.CREATE_ENV,
                        FunctionDescriptor.of(ADDRESS, JAVA_INT, ADDRESS, ADDRESS));
        try (var arena = Arena.ofConfined()) {
            var name = arena.allocateFrom("facefusion");
            var environment = NativeInterface.cell(arena);
            api.check(
                    (MemorySegment)
                            createEnv.invokeExact(ORT_LOGGING_LEVEL_ERROR, name, environment));
        } catch (SessionException e) {
            throw e;
        } catch (Throwable e) {
            throw new SessionException("ONNX Runtime refused a second owner", e);
        }
    }
}

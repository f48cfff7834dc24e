package dev.facefusion.runtime.engine.session;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;

/// ONNX Runtime's reports to its makers, which it sends unless a variable of the process's
/// environment forbids it, and which crash the process as often as not.
///
/// The library looks at the variable when it is loaded. Java cannot change its environment, the C
/// library can.
final class Reporting {

    private static final String VARIABLE = "ORT_DISABLE_TELEMETRY";

    private Reporting() {}

    /// Forbids them. To be called before any class of ONNX Runtime is used.
    @SuppressWarnings("restricted") // whoever uses ONNX Runtime enables native access
    static void forbid() {
        var linker = Linker.nativeLinker();
        var setenv =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("setenv"),
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
        try (var arena = Arena.ofConfined()) {
            var code =
                    (int)
                            setenv.invokeExact(
                                    arena.allocateFrom(VARIABLE), arena.allocateFrom("1"), 1);
            if (code != 0) {
                throw new SessionException("the environment cannot be changed");
            }
        } catch (SessionException e) {
            throw e;
        } catch (Throwable e) {
            throw new SessionException("the C library does not do as it is told", e);
        }
    }
}

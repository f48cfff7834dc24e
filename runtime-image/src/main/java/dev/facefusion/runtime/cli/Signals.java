package dev.facefusion.runtime.cli;

import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// The signals that other processes send this one.
///
/// By reflection, because the compiler's warning about `sun.misc.Signal` cannot be switched off,
/// and Java has no other way to handle a signal.
final class Signals {

    private Signals() {}

    /// Has a signal do this instead of what the JVM does, on a thread of its own.
    ///
    /// @param name without `SIG`
    static void handle(String name, Runnable action) {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            var received =
                    MethodHandles.lookup()
                            .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
                            .bindTo(action);
            signal.getMethod("handle", signal, handler)
                    .invoke(
                            null,
                            signal.getConstructor(String.class).newInstance(name),
                            MethodHandleProxies.asInterfaceInstance(
                                    handler, MethodHandles.dropArguments(received, 0, signal)));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java has no module jdk.unsupported", e);
        }
    }
}

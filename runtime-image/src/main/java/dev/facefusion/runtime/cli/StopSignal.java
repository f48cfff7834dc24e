package dev.facefusion.runtime.cli;

import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.CompletableFuture;

/// SIGTERM and SIGINT as an event that the main thread waits for.
///
/// Not a shutdown hook: those run all at once, and ONNX Runtime's own frees the native environment
/// while a hook of ours would still be finishing tasks, which ends the process by SIGSEGV. Here the
/// tasks are finished first and the process exits after that.
final class StopSignal {

    private final CompletableFuture<Void> first = new CompletableFuture<>();
    private final CompletableFuture<Void> second = new CompletableFuture<>();

    /// Takes both signals over from the JVM.
    static StopSignal install() {
        var stop = new StopSignal();
        try {
            stop.handle("TERM");
            stop.handle("INT");
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java has no module jdk.unsupported", e);
        }
        return stop;
    }

    /// The same for a command: who sends another signal does not wait for an orderly end.
    static StopSignal installForCommand() {
        var stop = install();
        var _ = stop.second.thenRun(() -> Runtime.getRuntime().halt(ExitCode.CANCELLED.code()));
        return stop;
    }

    /// Done when a signal came.
    CompletableFuture<Void> first() {
        return first;
    }

    /// Done when another one came: whoever sends it is in a hurry.
    CompletableFuture<Void> second() {
        return second;
    }

    private void received() {
        if (!first.complete(null)) {
            second.complete(null);
        }
    }

    // By reflection, because the compiler's warning about sun.misc.Signal cannot be switched off,
    // and
    // Java has no other way to handle a signal.
    private void handle(String name) throws ReflectiveOperationException {
        var signal = Class.forName("sun.misc.Signal");
        var handler = Class.forName("sun.misc.SignalHandler");
        Runnable tell = this::received;
        var received =
                MethodHandles.lookup()
                        .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
                        .bindTo(tell);
        signal.getMethod("handle", signal, handler)
                .invoke(
                        null,
                        signal.getConstructor(String.class).newInstance(name),
                        MethodHandleProxies.asInterfaceInstance(
                                handler, MethodHandles.dropArguments(received, 0, signal)));
    }
}

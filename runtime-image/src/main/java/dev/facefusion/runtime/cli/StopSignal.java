package dev.facefusion.runtime.cli;

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
        Signals.handle("TERM", stop::received);
        Signals.handle("INT", stop::received);
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
}

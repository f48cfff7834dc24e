package dev.facefusion.sdk;

import dev.facefusion.runtime.engine.stage.Cancellation;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/// A task that waits for the engine, or is in it.
public final class RunningTask {

    private final Future<Result> future;
    private final Cancellation cancellation;

    RunningTask(Future<Result> future, Cancellation cancellation) {
        this.future = future;
        this.cancellation = cancellation;
    }

    /// Ends it as soon as can be. Any thread may ask, at any time; without effect on one that
    /// ended.
    public void cancel() {
        cancellation.cancel();
    }

    /// Waits for its end. A thread that is interrupted meanwhile cancels the task, waits on, and is
    /// interrupted when this returns.
    ///
    /// @throws UncheckedIOException if a file cannot be read or written
    /// @throws OutOfMemoryError if the heap is too small for the picture or video
    public Result await() {
        var interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException _) {
                    interrupted = true;
                    cancel();
                }
            }
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case RuntimeException cause -> cause;
                case OutOfMemoryError full -> throw full;
                case null, default ->
                        new IllegalStateException("the task failed by a defect", e.getCause());
            };
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

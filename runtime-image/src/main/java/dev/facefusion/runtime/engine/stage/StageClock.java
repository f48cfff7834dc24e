package dev.facefusion.runtime.engine.stage;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/// Times stages and tells a listener; begins none once the task is cancelled.
public final class StageClock {

    private final StageListener listener;
    private final Cancellation cancellation;

    public StageClock(StageListener listener, Cancellation cancellation) {
        this.listener = listener;
        this.cancellation = cancellation;
    }

    /// Runs a stage; one that throws is not reported.
    ///
    /// @throws CancellationException if the task is cancelled
    public <T> T time(Stage stage, Supplier<T> work) {
        cancellation.check();
        long start = System.nanoTime();
        var result = work.get();
        listener.finished(stage, Duration.ofNanos(System.nanoTime() - start));
        return result;
    }

    /// Runs a stage that leaves its result behind.
    ///
    /// @throws CancellationException if the task is cancelled
    public void time(Stage stage, Runnable work) {
        time(
                stage,
                () -> {
                    work.run();
                    return stage;
                });
    }
}

package dev.facefusion.runtime.engine.stage;

import java.time.Duration;
import java.util.function.Supplier;

/// Times stages and tells a listener.
public final class StageClock {

    private final StageListener listener;

    public StageClock(StageListener listener) {
        this.listener = listener;
    }

    /// Runs a stage; one that throws is not reported.
    public <T> T time(Stage stage, Supplier<T> work) {
        long start = System.nanoTime();
        var result = work.get();
        listener.finished(stage, Duration.ofNanos(System.nanoTime() - start));
        return result;
    }

    /// Runs a stage that leaves its result behind.
    public void time(Stage stage, Runnable work) {
        long start = System.nanoTime();
        work.run();
        listener.finished(stage, Duration.ofNanos(System.nanoTime() - start));
    }
}

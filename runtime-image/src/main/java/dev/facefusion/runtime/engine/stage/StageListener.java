package dev.facefusion.runtime.engine.stage;

import java.time.Duration;

/// Hears of forward progress.
@FunctionalInterface
public interface StageListener {

    /// A stage is done; one that a task runs several times, per picture or per face, is reported
    /// each time.
    void finished(Stage stage, Duration elapsed);

    /// A part of a stage is done, such as one run of a model: the task moves.
    default void moved() {}
}

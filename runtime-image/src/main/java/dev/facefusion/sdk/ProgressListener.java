package dev.facefusion.sdk;

import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.engine.video.VideoProgress;
import java.time.Duration;

/// Told how a task gets on, on the engine's thread. It must be quick and must not throw.
@FunctionalInterface
public interface ProgressListener {

    /// Hears nothing.
    ProgressListener NONE = (_, _) -> {};

    /// A stage is done; one that a task runs several times, per picture or per face, each time.
    void finished(Stage stage, Duration elapsed);

    /// Some more frames of a video are written: at most ten times a second, and after the last one.
    default void progressed(VideoProgress progress) {}
}

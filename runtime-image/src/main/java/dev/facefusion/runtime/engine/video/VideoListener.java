package dev.facefusion.runtime.engine.video;

import dev.facefusion.runtime.engine.stage.StageListener;

/// Hears how a video goes on. Told on the task's own threads, several at once: it must be quick,
/// and safe for that.
public interface VideoListener {

    /// At most ten times a second, and after the last frame.
    void progressed(VideoProgress progress);

    /// Hears of the stages of the work on the frames.
    default StageListener stages() {
        return (_, _) -> {};
    }
}

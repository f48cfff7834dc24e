package dev.facefusion.runtime.queue;

import dev.facefusion.runtime.engine.SwapOutcome;
import dev.facefusion.runtime.engine.video.VideoOutcome;

/// What became of an accepted task.
public sealed interface TaskResult {

    /// The engine answered.
    record Done(SwapOutcome outcome) implements TaskResult {}

    /// The engine answered about a video.
    record Filmed(VideoOutcome outcome) implements TaskResult {}

    /// The engine threw: a defect, which the log describes.
    record Failed() implements TaskResult {}

    /// The heap is too small for it.
    record OutOfMemory() implements TaskResult {}

    /// The patience of its order was over first.
    record Expired() implements TaskResult {}

    /// Nobody wants it any more.
    record Cancelled() implements TaskResult {}

    /// The process ends first.
    record Abandoned() implements TaskResult {}
}

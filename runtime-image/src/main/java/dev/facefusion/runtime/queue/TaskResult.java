package dev.facefusion.runtime.queue;

import dev.facefusion.runtime.engine.SwapOutcome;

/// What became of an accepted task.
public sealed interface TaskResult {

    /// The engine answered.
    record Done(SwapOutcome outcome) implements TaskResult {}

    /// The engine threw: a defect, which the log describes.
    record Failed() implements TaskResult {}

    /// The deadline passed first. The task is out of the queue, or ends unheard.
    record Expired() implements TaskResult {}

    /// The process ends before the task's turn came.
    record Abandoned() implements TaskResult {}
}

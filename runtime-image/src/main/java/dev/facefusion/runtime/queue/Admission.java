package dev.facefusion.runtime.queue;

/// The answer to the wish to run a task.
public sealed interface Admission {

    /// The task is queued.
    record Accepted(Task task) implements Admission {}

    /// The task is not taken, and why.
    sealed interface Rejected extends Admission {}

    /// As many tasks wait as may.
    record QueueFull(int capacity) implements Rejected {}

    /// The models are not loaded yet, or cannot be.
    record NotReady() implements Rejected {}

    /// The process is about to end.
    record Draining() implements Rejected {}
}

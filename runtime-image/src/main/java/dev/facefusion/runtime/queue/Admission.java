package dev.facefusion.runtime.queue;

import dev.facefusion.runtime.engine.Input;
import java.time.Duration;

/// The answer to the wish to run a task.
public sealed interface Admission {

    /// The task is queued.
    record Accepted(Task task) implements Admission {}

    /// The task is not taken, and why.
    sealed interface Rejected extends Admission {}

    /// As many tasks of the lane wait as may, or as many of this client's as may while others wait.
    ///
    /// @param capacity of the lane
    /// @param retryAfter when a place should be free
    record QueueFull(int capacity, Duration retryAfter) implements Rejected {}

    /// A picture has more pixels than a task may have, by its header.
    ///
    /// @param detail one sentence for a person, with the limit
    record TooLarge(Input input, String detail) implements Rejected {}

    /// This process has too little memory for a task of this size, however idle it is.
    ///
    /// @param detail one sentence for a person, with what is there and what would be needed
    record TooCostly(String detail) implements Rejected {}

    /// The device has too little free memory now, while tasks run that will give some back.
    ///
    /// @param retryAfter when one of them should have ended
    record MemoryFull(Duration retryAfter) implements Rejected {}

    /// The models are not loaded yet, or cannot be.
    record NotReady() implements Rejected {}

    /// The process is about to end.
    record Draining() implements Rejected {}
}

package dev.facefusion.runtime.queue;

/// Where a task waits: a priority, and a capacity of its own.
public enum Lane {
    /// Someone waits for the answer.
    INTERACTIVE,
    /// Nobody does: jobs.
    BATCH
}

package dev.facefusion.runtime.jobs;

import dev.facefusion.runtime.queue.Admission;

/// The answer to a [Submission].
public sealed interface Acceptance {

    /// There is a job, on the disk: it will end, whatever happens to the process.
    record Accepted(Job job) implements Acceptance {}

    /// The same client asked for the same under the same key before.
    record Replayed(Job job) implements Acceptance {}

    /// The client's key belongs to something else that it asked for.
    record KeyReused() implements Acceptance {}

    /// The queue takes no more.
    record Refused(Admission.Rejected why) implements Acceptance {}

    /// The pictures do not fit into the disk budget beside those of the jobs that have not ended.
    record NoRoom(long budgetBytes) implements Acceptance {}

    /// The disk does not take it; the log has the cause.
    record DiskFailed() implements Acceptance {}
}

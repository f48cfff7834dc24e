package dev.facefusion.runtime.jobs;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What becomes of a job that an earlier life of the process left behind. Pure.
///
/// 1. What has ended stays as it is.
/// 2. A job whose result is there is done: the end came between the result and the journal.
/// 3. A job that was begun as often as allowed, that is too old or whose pictures are gone fails.
/// 4. Any other job waits for its turn, also one that ran.
///
/// @param now when the process started
/// @param resultTtl how long a result is kept
record Recovery(Instant now, Duration resultTtl) {

    /// @param result of the job, if it is there
    /// @param hasInputs whether the pictures are there
    Job recover(Job job, JobStore.@Nullable Found result, boolean hasInputs) {
        if (job.ended()) {
            return job;
        }
        if (result != null) {
            return job.succeeded(
                    result.writtenAt(),
                    new JobResult(
                            job.order().mediaType(),
                            result.bytes(),
                            result.sha256(),
                            result.writtenAt().plus(resultTtl)));
        }
        if (job.attempts() >= JobSettings.MAX_ATTEMPTS) {
            return job.failed(now, new JobFailure.Interrupted(job.attempts()));
        }
        if (!patience(job).isPositive()) {
            return job.failed(now, new JobFailure.TimedOut(job.order().patience()));
        }
        return hasInputs ? job.putBack() : job.failed(now, new JobFailure.DiskFailed());
    }

    /// How much longer the job may take.
    Duration patience(Job job) {
        return Duration.between(now, job.order().createdAt().plus(job.order().patience()));
    }
}

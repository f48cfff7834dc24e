package dev.facefusion.runtime.jobs;

import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.engine.video.VideoProgress;
import dev.facefusion.runtime.jobs.JobState.Cancelled;
import dev.facefusion.runtime.jobs.JobState.Ended;
import dev.facefusion.runtime.jobs.JobState.Failed;
import dev.facefusion.runtime.jobs.JobState.Queued;
import dev.facefusion.runtime.jobs.JobState.Removal;
import dev.facefusion.runtime.jobs.JobState.Running;
import dev.facefusion.runtime.jobs.JobState.Succeeded;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One job at one moment. A transition makes the job of the next moment; one that is not legal
/// makes none, and the job stays as it is, so that late news about an ended job changes nothing.
///
/// ```
///            ┌── put back ──┐
///            ▼              │
/// accepted ─► Queued ─► Running ─► Succeeded ─► its result removed
///               │           ├────► Failed
///               └───────────┴────► Cancelled
/// ```
///
/// @param attempts how often the engine began it
/// @param event number of its last change, among all changes of all jobs; it only grows, also over
///   restarts of the process
public record Job(JobOrder order, int attempts, JobState state, long event) {

    static Job accepted(JobOrder order, long event) {
        return new Job(order, 0, new Queued(), event);
    }

    public String id() {
        return order.id();
    }

    public boolean ended() {
        return state instanceof Ended;
    }

    /// True while there is a file to hand out.
    public boolean hasResult() {
        return state instanceof Succeeded succeeded && succeeded.removed() == null;
    }

    Job started(Instant now) {
        return state instanceof Queued
                ? new Job(order, attempts + 1, new Running(now, JobProgress.none()), event)
                : this;
    }

    Job passed(Stage stage) {
        return state instanceof Running(var startedAt, var progress)
                ? with(new Running(startedAt, progress.passed(stage)))
                : this;
    }

    Job filmed(VideoProgress frames) {
        return state instanceof Running(var startedAt, var progress)
                ? with(new Running(startedAt, progress.filmed(frames)))
                : this;
    }

    /// Its process ended; it waits for another turn.
    Job putBack() {
        return state instanceof Running ? with(new Queued()) : this;
    }

    Job succeeded(Instant now, JobResult result) {
        return ended() ? this : with(new Succeeded(startedAt(), now, result, null));
    }

    Job failed(Instant now, JobFailure failure) {
        return ended() ? this : with(new Failed(startedAt(), now, failure));
    }

    Job cancelled(Instant now) {
        return ended() ? this : with(new Cancelled(startedAt(), now));
    }

    Job resultRemoved(Removal why) {
        return state instanceof Succeeded(var startedAt, var finishedAt, var result, var removed)
                        && removed == null
                ? with(new Succeeded(startedAt, finishedAt, result, why))
                : this;
    }

    Job at(long newEvent) {
        return new Job(order, attempts, state, newEvent);
    }

    private Job with(JobState next) {
        return new Job(order, attempts, next, event);
    }

    private @Nullable Instant startedAt() {
        return switch (state) {
            case Queued _ -> null;
            case Running(var startedAt, _) -> startedAt;
            case Ended ended -> ended.startedAt();
        };
    }
}

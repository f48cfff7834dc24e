package dev.facefusion.runtime.jobs;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How far a job is. The names of the cases are part of the journal's format.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = JobState.Queued.class, name = "queued"),
    @JsonSubTypes.Type(value = JobState.Running.class, name = "running"),
    @JsonSubTypes.Type(value = JobState.Succeeded.class, name = "succeeded"),
    @JsonSubTypes.Type(value = JobState.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = JobState.Cancelled.class, name = "cancelled")
})
public sealed interface JobState {

    /// It waits for its turn, the first or another one after an interruption.
    record Queued() implements JobState {}

    /// The engine works on it.
    record Running(Instant startedAt, JobProgress progress) implements JobState {}

    /// Nothing changes any more, except that a result is kept for a time only.
    sealed interface Ended extends JobState {

        /// `null` if the engine never began.
        @Nullable Instant startedAt();

        Instant finishedAt();
    }

    /// It has a result.
    ///
    /// @param removed why the result's file is no longer there; `null` while it is
    record Succeeded(
            @Nullable Instant startedAt,
            Instant finishedAt,
            JobResult result,
            @Nullable Removal removed)
            implements Ended {}

    /// It has a reason.
    record Failed(@Nullable Instant startedAt, Instant finishedAt, JobFailure failure)
            implements Ended {}

    /// Its client no longer wants it.
    record Cancelled(@Nullable Instant startedAt, Instant finishedAt) implements Ended {}

    /// Why the file of a result is gone.
    enum Removal {
        /// Its time was up.
        EXPIRED,
        /// Other jobs needed the room.
        EVICTED,
        /// Its client deleted it.
        DELETED
    }
}

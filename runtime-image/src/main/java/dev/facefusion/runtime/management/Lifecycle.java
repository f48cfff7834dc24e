package dev.facefusion.runtime.management;

import com.fasterxml.jackson.annotation.JsonProperty;

/// The end of the process, as others may bring it about. Both are idempotent, return at once and
/// are never undone.
public interface Lifecycle {

    /// Takes no more tasks and finishes the accepted ones. The process stays.
    Progress drain();

    /// The same, and then the process ends, so that whoever started it starts it again.
    Progress restart();

    /// How far it has come.
    ///
    /// @param restarting true if the process ends after that
    record Progress(
            State state,
            boolean restarting,
            @JsonProperty("tasks_in_flight") int running,
            @JsonProperty("task_queue_length") int queued) {}

    enum State {
        /// Accepted tasks are being finished.
        @JsonProperty("draining")
        DRAINING,
        /// Every accepted task is answered.
        @JsonProperty("drained")
        DRAINED,
        /// The time was up: the tasks that were left were answered with a problem. One that does
        /// not stop may still be running.
        @JsonProperty("timed_out")
        TIMED_OUT
    }
}

package dev.facefusion.operator.decide;

import java.util.List;
import java.util.OptionalInt;

/// What one pod says of itself. What it does not say is empty or `UNREPORTED`, and switches the
/// rule that needs it off.
///
/// @param state the pod's own word for its state
/// @param tasksInFlight tasks that run now
/// @param secondsSinceProgress since any stage of any task finished
/// @param stallThresholdSeconds silence within a task that the pod calls a stall
/// @param queuedTasks tasks accepted and not yet running
/// @param inferenceP95Milliseconds 95th percentile over the pod's own window
public record HealthReport(
        State state,
        Models models,
        Accelerator accelerator,
        OptionalInt tasksInFlight,
        OptionalInt secondsSinceProgress,
        OptionalInt stallThresholdSeconds,
        OptionalInt queuedTasks,
        OptionalInt inferenceP95Milliseconds,
        List<Gpu> gpus) {

    /// The pod's own word for its state.
    public enum State {
        HEALTHY,
        DEGRADED,
        DRAINING,
        STALLED
    }

    /// Whether the models are in memory.
    public enum Models {
        LOADED,
        NOT_LOADED,
        UNREPORTED
    }

    /// Whether inference runs on the first execution provider that was asked for.
    public enum Accelerator {
        AS_REQUESTED,
        FALLBACK,
        UNREPORTED
    }

    public HealthReport {
        gpus = List.copyOf(gpus);
    }

    /// The models could not be loaded, and will not be: a pod that still loads them is healthy.
    boolean loadingFailed() {
        return state == State.DEGRADED && models == Models.NOT_LOADED;
    }

    /// Work is in flight and has not moved for longer than the pod's threshold. Busy with progress
    /// is not stalled, however long the task takes.
    boolean stalled() {
        return state == State.STALLED
                || (tasksInFlight.orElse(0) > 0
                        && secondsSinceProgress.isPresent()
                        && stallThresholdSeconds.isPresent()
                        && secondsSinceProgress.getAsInt() > stallThresholdSeconds.getAsInt());
    }
}

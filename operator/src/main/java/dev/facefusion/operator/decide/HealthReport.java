package dev.facefusion.operator.decide;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What one pod says of itself. What it does not say is empty or `UNREPORTED`, and switches the
/// rule that needs it off.
///
/// @param state the pod's own word for its state
/// @param inferenceP50Milliseconds median over the pod's own window
/// @param inferenceP95Milliseconds 95th percentile over the pod's own window
/// @param gpusAgeSeconds since the figures of the GPUs were read
/// @param instance names this run of the process
/// @param modelDigest names the set of models that is loaded
public record HealthReport(
        State state,
        Models models,
        Accelerator accelerator,
        Tasks tasks,
        OptionalInt inferenceP50Milliseconds,
        OptionalInt inferenceP95Milliseconds,
        List<Gpu> gpus,
        OptionalInt gpusAgeSeconds,
        Optional<String> instance,
        Optional<String> modelDigest) {

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

    /// Work is in flight and has not moved for longer than that. Busy with progress is not stalled,
    /// however long the task takes; the pod's own word counts where it does not report its
    /// progress.
    boolean stalled(Duration limit) {
        if (tasks.inFlight().isEmpty() || tasks.secondsSinceProgress().isEmpty()) {
            return state == State.STALLED;
        }
        return tasks.inFlight().getAsInt() > 0
                && tasks.secondsSinceProgress().getAsInt() > limit.toSeconds();
    }
}

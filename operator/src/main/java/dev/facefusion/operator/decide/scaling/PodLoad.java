package dev.facefusion.operator.decide.scaling;

import java.util.OptionalInt;

/// What one pod in service has to do.
public sealed interface PodLoad {
    /// As the pod told a moment ago.
    ///
    /// @param inFlight tasks that run now
    /// @param queued tasks accepted and not yet running
    /// @param p50Milliseconds median time of a task; empty before the first
    record Known(int inFlight, int queued, OptionalInt p50Milliseconds) implements PodLoad {
        int tasks() {
            return inFlight + queued;
        }
    }

    /// The pod does not tell, or told too long ago.
    record Missing() implements PodLoad {}
}

package dev.facefusion.tests.scenario;

import java.util.Optional;

/// Something that must be seen within a window. What an `Optional` leaves open does not matter.
public sealed interface Expectation {
    Window window();

    /// An action of the operator: announced by an event and, unless `announced` is all that is
    /// asked, done as well.
    ///
    /// @param times exactly so often in the whole scenario, where that matters
    record Acts(
            String action,
            Pods pods,
            Optional<String> reason,
            Proof proof,
            Optional<Integer> times,
            Window window)
            implements Expectation {}

    /// What shows that an action took place.
    enum Proof {
        ANNOUNCED,
        DONE
    }

    record Condition(String type, String status, Optional<String> reason, Window window)
            implements Expectation {}

    /// An entry of the list of unhealthy pods.
    record Unhealthy(
            Pods pods,
            Optional<String> reason,
            Optional<String> step,
            Optional<String> blockedBy,
            Window window)
            implements Expectation {}

    /// What the operator says of its scaling.
    record Scaling(
            Optional<Integer> desiredReplicas,
            Optional<String> reason,
            Optional<String> limitedBy,
            Window window)
            implements Expectation {}
}

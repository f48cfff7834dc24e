package dev.facefusion.operator.decide.scaling;

import java.util.Optional;

/// A number of pods on its way through the limits.
///
/// @param limitedBy the last limit that changed the number
record Proposal(int replicas, ScalingReason reason, Optional<ScalingLimit> limitedBy) {
    Proposal(int replicas, ScalingReason reason) {
        this(replicas, reason, Optional.empty());
    }

    Proposal atLeast(int floor, ScalingLimit limit) {
        return replicas >= floor ? this : new Proposal(floor, reason, Optional.of(limit));
    }

    Proposal atMost(int ceiling, ScalingLimit limit) {
        return replicas <= ceiling ? this : new Proposal(ceiling, reason, Optional.of(limit));
    }

    Proposal because(ScalingReason other) {
        return new Proposal(replicas, other, limitedBy);
    }
}

package dev.facefusion.operator.decide.scaling;

import java.time.Instant;
import java.util.List;

/// Everything that one decision on the number of pods may look at.
///
/// @param replicas pods wanted now: what was decided last, or what runs where nothing was
/// @param outOfService wanted pods that were taken out of service on purpose: drained, or treated
/// @param pods those in service
/// @param memory what the decision before left, or the beginning of one
public record ScalingInput(
        Instant now, int replicas, int outOfService, List<PodLoad> pods, ScalingMemory memory) {

    public ScalingInput {
        if (replicas < 0 || outOfService < 0) {
            throw new IllegalArgumentException(
                    "replicas and outOfService must not be negative, got %d and %d"
                            .formatted(replicas, outOfService));
        }
        pods = List.copyOf(pods);
    }

    /// Wanted pods that work, or will: those that start count as if they had.
    int capacity() {
        return replicas - withdrawn();
    }

    /// A surge pod that is drained is none of the wanted ones.
    int withdrawn() {
        return Math.clamp(outOfService, 0, Math.max(0, replicas - pods.size()));
    }

    /// Wanted pods that are not in service yet.
    int coming() {
        return Math.max(0, capacity() - pods.size());
    }

    boolean complete() {
        return pods.stream().allMatch(PodLoad.Known.class::isInstance);
    }
}

package dev.facefusion.operator.decide;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Everything that one decision may look at.
///
/// @param generation the spec's
/// @param desiredReplicas 0 while suspended
/// @param reported what the status said last; empty before its first write
/// @param outdated parts of the workload that are missing or not as the spec asks
/// @param deployment empty before it exists
/// @param pods sorted by name
/// @param update how what is asked reaches the pods
public record FleetSnapshot(
        Instant now,
        long generation,
        int desiredReplicas,
        Optional<Reported> reported,
        Set<Part> outdated,
        Optional<DeploymentSnapshot> deployment,
        List<PodSnapshot> pods,
        Update update) {

    public FleetSnapshot {
        outdated = Set.copyOf(outdated);
        pods = List.copyOf(pods);
    }

    /// What the status said last.
    ///
    /// @param generation the spec's that it spoke of
    /// @param reconciling whether a rollout was under way
    public record Reported(long generation, boolean reconciling) {}
}

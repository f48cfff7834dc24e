package dev.facefusion.operator.decide;

import dev.facefusion.operator.decide.remediation.Ledger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Everything that one decision may look at.
///
/// @param generation the spec's
/// @param desiredReplicas 0 while suspended
/// @param reported what the status said last; empty before its first write
/// @param outdated parts of the workload that are missing or not as the spec asks
/// @param deployment empty before it exists
/// @param pods sorted by name, without those in quarantine
/// @param update how what is asked reaches the pods
/// @param proceedings what is under way about the pods
public record FleetSnapshot(
        Instant now,
        long generation,
        int desiredReplicas,
        Optional<Reported> reported,
        Set<Part> outdated,
        Optional<DeploymentSnapshot> deployment,
        List<PodSnapshot> pods,
        Update update,
        Proceedings proceedings) {

    public FleetSnapshot {
        outdated = Set.copyOf(outdated);
        pods = List.copyOf(pods);
    }

    public boolean paused() {
        return update.paused();
    }

    public Ledger ledger() {
        return proceedings.ledger();
    }

    /// Until when each eviction that was refused is not tried again, by the pod's UID.
    public Map<String, Instant> refusals() {
        return proceedings.refusals();
    }

    /// Whether the pod with this UID is in quarantine.
    public boolean quarantined(String uid) {
        return proceedings.quarantined().stream().anyMatch(pod -> pod.ref().uid().equals(uid));
    }

    /// Whether new replicas are kept off the node: a pod in quarantine does that too.
    public boolean avoids(String nodeName) {
        return Stream.concat(
                        proceedings.avoided().stream().map(AvoidedNode::nodeName),
                        proceedings.quarantined().stream().map(pod -> pod.ref().nodeName()))
                .anyMatch(nodeName::equals);
    }

    /// What the status said last.
    ///
    /// @param generation the spec's that it spoke of
    /// @param reconciling whether a rollout was under way
    public record Reported(long generation, boolean reconciling) {}
}

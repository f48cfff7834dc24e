package dev.facefusion.tests.scenario;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How things stand at the end. What is empty does not matter.
///
/// @param conditions statuses by type
/// @param inService pods that the Service may send requests to
/// @param restarts of pods by ordinal
/// @param gone pods that no longer exist
/// @param quarantined pods that exist outside the fleet
/// @param avoidedNodes nodes that are kept free of new pods
public record Ending(
        Map<String, String> conditions,
        Optional<Integer> ready,
        Optional<Integer> replicas,
        Optional<Integer> inService,
        Optional<Integer> unhealthy,
        Map<Integer, Integer> restarts,
        Set<Integer> gone,
        Set<Integer> quarantined,
        Optional<Integer> avoidedNodes,
        Presence fleet) {
    public Ending {
        conditions = Map.copyOf(conditions);
        restarts = Map.copyOf(restarts);
        gone = Set.copyOf(gone);
        quarantined = Set.copyOf(quarantined);
    }

    /// Whether the resource and its pods are still there.
    public enum Presence {
        PRESENT,
        ABSENT
    }
}

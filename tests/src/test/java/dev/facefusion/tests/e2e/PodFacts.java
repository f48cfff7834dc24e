package dev.facefusion.tests.e2e;

import dev.facefusion.tests.cluster.Fleet;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;

/// What Kubernetes shows of a pod.
///
/// @param inService whether the fleet's Service selects it
/// @param ready whether the kubelet finds it ready
/// @param restarts of its container
record PodFacts(boolean inService, boolean ready, int restarts) {
    static PodFacts of(Pod pod) {
        return new PodFacts(
                "true".equals(pod.getMetadata().getLabels().get("facefusion.dev/in-service")),
                pod.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                "Ready".equals(condition.getType())
                                        && "True".equals(condition.getStatus())),
                pod.getStatus().getContainerStatuses().stream()
                        .mapToInt(ContainerStatus::getRestartCount)
                        .sum());
    }

    /// Of the fleet's pods.
    static List<PodFacts> of(Fleet fleet) {
        return fleet.pods().stream().map(PodFacts::of).toList();
    }
}

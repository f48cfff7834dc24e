package dev.facefusion.operator.desired;

import dev.facefusion.operator.desired.WorkloadSettings.Owner;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.fabric8.kubernetes.api.model.PodAffinityTermBuilder;
import java.util.Map;
import java.util.Optional;

/// Pods keep away from a node on which any pod bears the label `Labels.AVOIDED_BY`. It is in the
/// template from the start: to avoid a node later changes no template, and so restarts no pod.
final class AvoidedNodes {
    private AvoidedNodes() {}

    /// The user's affinity with ours added.
    static Affinity in(Optional<Affinity> affinity, Owner owner) {
        return affinity.map(AffinityBuilder::new)
                .orElseGet(AffinityBuilder::new)
                .editOrNewPodAntiAffinity()
                .addToRequiredDuringSchedulingIgnoredDuringExecution(avoided(owner))
                .endPodAntiAffinity()
                .build();
    }

    private static PodAffinityTerm avoided(Owner owner) {
        return new PodAffinityTermBuilder()
                .withNewLabelSelector()
                .withMatchLabels(Map.of(Labels.AVOIDED_BY, owner.name()))
                .endLabelSelector()
                .withTopologyKey("kubernetes.io/hostname")
                .build();
    }
}

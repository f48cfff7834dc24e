package dev.facefusion.operator.desired;

import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.Map;

/// Voluntary disruptions, such as a node's drain, take a few pods at a time; a pod that does not
/// work anyway never stands in their way.
final class DisruptionBudgetTemplate {
    private DisruptionBudgetTemplate() {}

    static PodDisruptionBudget of(WorkloadSettings settings) {
        return new PodDisruptionBudgetBuilder()
                .withMetadata(ObjectMetadata.of(settings.owner(), Map.of()))
                .withNewSpec()
                .withMaxUnavailable(settings.replacement().maxDisrupted())
                .withUnhealthyPodEvictionPolicy("AlwaysAllow")
                .withNewSelector()
                .withMatchLabels(Labels.selector(settings.owner().name()))
                .endSelector()
                .endSpec()
                .build();
    }
}

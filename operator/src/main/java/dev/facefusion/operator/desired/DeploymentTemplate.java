package dev.facefusion.operator.desired;

import dev.facefusion.operator.desired.WorkloadSettings.Replacement;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategy;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategyBuilder;
import java.util.Map;

/// The Deployment: how many pods, and how they are replaced.
final class DeploymentTemplate {
    private static final int REVISIONS_KEPT = 5;
    private static final IntOrString NONE = new IntOrString(0);

    private DeploymentTemplate() {}

    static Deployment of(WorkloadSettings settings, boolean inPlace) {
        var deadline = settings.replacement().progressDeadline();
        return new DeploymentBuilder()
                .withMetadata(
                        ObjectMetadata.of(
                                settings.owner(),
                                Map.of(Annotations.REQUESTED, settings.request().digest())))
                .withNewSpec()
                .withReplicas(settings.replicas())
                .withRevisionHistoryLimit(REVISIONS_KEPT)
                .withProgressDeadlineSeconds(Math.toIntExact(deadline.toSeconds()))
                .withStrategy(strategy(settings.replacement(), inPlace))
                .withNewSelector()
                .withMatchLabels(Labels.selector(settings.owner().name()))
                .endSelector()
                .withTemplate(Revisions.mark(PodTemplate.of(settings)))
                .endSpec()
                .build();
    }

    private static DeploymentStrategy strategy(Replacement replacement, boolean inPlace) {
        if (inPlace) {
            return rolling(NONE, replacement.maxUnavailable());
        }
        return replacement
                .maxSurge()
                .map(surge -> rolling(surge, replacement.maxUnavailable()))
                .orElseGet(() -> rolling(new IntOrString(1), NONE));
    }

    private static DeploymentStrategy rolling(IntOrString maxSurge, IntOrString maxUnavailable) {
        return new DeploymentStrategyBuilder()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxUnavailable(maxUnavailable)
                .withMaxSurge(maxSurge)
                .endRollingUpdate()
                .build();
    }
}

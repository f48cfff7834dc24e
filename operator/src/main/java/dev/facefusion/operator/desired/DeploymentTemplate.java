package dev.facefusion.operator.desired;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategy;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategyBuilder;
import java.time.Duration;
import java.util.Map;

/// The Deployment: how many pods, and how they are replaced.
final class DeploymentTemplate {
    /// On top of the start itself: the time to schedule a pod and pull its image.
    private static final Duration SCHEDULING_AND_PULL = Duration.ofMinutes(5);

    private static final int REVISIONS_KEPT = 5;

    private DeploymentTemplate() {}

    static Deployment of(WorkloadSettings settings) {
        var deadline = settings.startupTimeout().plus(SCHEDULING_AND_PULL);
        return new DeploymentBuilder()
                .withMetadata(ObjectMetadata.of(settings.owner(), Map.of()))
                .withNewSpec()
                .withReplicas(settings.replicas())
                .withRevisionHistoryLimit(REVISIONS_KEPT)
                .withProgressDeadlineSeconds(Math.toIntExact(deadline.toSeconds()))
                .withStrategy(strategy(settings.gpu().count()))
                .withNewSelector()
                .withMatchLabels(Labels.selector(settings.owner().name()))
                .endSelector()
                .withTemplate(PodTemplate.of(settings))
                .endSpec()
                .build();
    }

    /// A GPU that an old pod holds is seldom free twice: such pods are replaced in place.
    private static DeploymentStrategy strategy(int gpus) {
        return new DeploymentStrategyBuilder()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxUnavailable(new IntOrString(gpus == 0 ? 0 : 1))
                .withMaxSurge(new IntOrString(gpus == 0 ? 1 : 0))
                .endRollingUpdate()
                .build();
    }
}

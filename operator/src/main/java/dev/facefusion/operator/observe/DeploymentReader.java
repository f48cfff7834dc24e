package dev.facefusion.operator.observe;

import dev.facefusion.operator.decide.DeploymentSnapshot;
import dev.facefusion.operator.decide.LiveRevision;
import dev.facefusion.operator.desired.Fingerprint;
import dev.facefusion.operator.desired.Revisions;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategy;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateDeployment;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads a Deployment as the API server shows it.
final class DeploymentReader {
    private static final IntOrString NONE = new IntOrString(0);

    private DeploymentReader() {}

    static DeploymentSnapshot read(Deployment deployment, Deployment desired) {
        var status = status(deployment);
        return new DeploymentSnapshot(
                observed(deployment, status),
                Fingerprint.samePods(deployment, desired),
                inPlace(deployment),
                count(status.getReplicas()),
                count(status.getUpdatedReplicas()),
                count(status.getReadyReplicas()),
                says(status, "Progressing", "False", "ProgressDeadlineExceeded"),
                says(status, "ReplicaFailure", "True", "FailedCreate"));
    }

    /// @param pods the fleet's, those that leave included
    static LiveRevision revision(Deployment deployment, List<Pod> pods) {
        var status = status(deployment);
        boolean observed = observed(deployment, status);
        int wanted = count(deployment.getSpec().getReplicas());
        int replicas = count(status.getReplicas());
        int updated = count(status.getUpdatedReplicas());
        var rendered = Revisions.rendered(deployment.getSpec().getTemplate().getMetadata());
        return new LiveRevision(
                Revisions.requested(deployment),
                rendered,
                inPlace(deployment),
                observed
                        && replicas == wanted
                        && updated == wanted
                        && count(status.getReadyReplicas()) == wanted,
                observed
                        && updated < replicas
                        && pods.stream()
                                .filter(pod ->
                                        Revisions.rendered(pod.getMetadata()).equals(rendered))
                                .anyMatch(PodReader::unplaceable));
    }

    private static DeploymentStatus status(Deployment deployment) {
        return Objects.requireNonNullElseGet(deployment.getStatus(), DeploymentStatus::new);
    }

    private static boolean observed(Deployment deployment, DeploymentStatus status) {
        return Objects.equals(
                status.getObservedGeneration(), deployment.getMetadata().getGeneration());
    }

    private static boolean inPlace(Deployment deployment) {
        return Optional.ofNullable(deployment.getSpec().getStrategy())
                .map(DeploymentStrategy::getRollingUpdate)
                .map(RollingUpdateDeployment::getMaxSurge)
                .filter(NONE::equals)
                .isPresent();
    }

    private static int count(@Nullable Integer replicas) {
        return Objects.requireNonNullElse(replicas, 0);
    }

    private static boolean says(DeploymentStatus status, String type, String value, String reason) {
        return Objects.requireNonNullElse(status.getConditions(), List.<DeploymentCondition>of())
                .stream()
                .anyMatch(condition ->
                        type.equals(condition.getType())
                                && value.equals(condition.getStatus())
                                && reason.equals(condition.getReason()));
    }
}

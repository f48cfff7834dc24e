package dev.facefusion.operator.observe;

import dev.facefusion.operator.decide.DeploymentSnapshot;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads a Deployment as the API server shows it.
final class DeploymentReader {
    private DeploymentReader() {}

    static DeploymentSnapshot read(Deployment deployment) {
        var status = Objects.requireNonNullElseGet(deployment.getStatus(), DeploymentStatus::new);
        return new DeploymentSnapshot(
                Objects.equals(
                        status.getObservedGeneration(), deployment.getMetadata().getGeneration()),
                count(status.getReplicas()),
                count(status.getUpdatedReplicas()),
                count(status.getReadyReplicas()),
                says(status, "Progressing", "False", "ProgressDeadlineExceeded"),
                says(status, "ReplicaFailure", "True", "FailedCreate"));
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

package dev.facefusion.operator.decide;

import dev.facefusion.operator.decide.Rollout.Complete;
import dev.facefusion.operator.decide.Rollout.Progressing;
import dev.facefusion.operator.decide.Rollout.Stuck;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Tells a rollout of the spec from a fleet that has lost a pod. A rollout begins with a change of
/// the spec or the workload and ends when every wanted pod has been ready once; a pod that is
/// missing after that is a fault, not a rollout.
final class RolloutPolicy {
    /// Node autoscalers bring a GPU node within this time.
    static final Duration UNSCHEDULABLE_LIMIT = Duration.ofMinutes(5);

    private RolloutPolicy() {}

    static Rollout judge(FleetSnapshot fleet, List<PodVerdict> verdicts) {
        if (fleet.outdated().contains(Part.DEPLOYMENT) || fleet.deployment().isEmpty()) {
            return new Progressing();
        }
        var deployment = fleet.deployment().get();
        if (!deployment.observed()) {
            // Anybody's annotation on it makes a Deployment unobserved for a moment.
            return underWay(fleet, deployment) ? new Progressing() : new Complete();
        }
        if (complete(deployment, fleet.desiredReplicas())) {
            return new Complete();
        }
        return obstacle(fleet, deployment, verdicts)
                .<Rollout>map(Stuck::new)
                .orElseGet(() -> underWay(fleet, deployment) ? new Progressing() : new Complete());
    }

    private static boolean complete(DeploymentSnapshot deployment, int desired) {
        return deployment.replicas() == desired
                && deployment.updated() == desired
                && deployment.ready() == desired;
    }

    private static Optional<Reason> obstacle(
            FleetSnapshot fleet, DeploymentSnapshot deployment, List<PodVerdict> verdicts) {
        var limit = fleet.now().minus(UNSCHEDULABLE_LIMIT);
        if (verdicts.stream()
                .flatMap(verdict -> verdict.pod().unschedulableSince().stream())
                .anyMatch(since -> !since.isAfter(limit))) {
            return Optional.of(Reason.UNSCHEDULABLE);
        }
        return deployment.deadlineExceeded()
                ? Optional.of(Reason.PROGRESS_DEADLINE_EXCEEDED)
                : Optional.empty();
    }

    private static boolean underWay(FleetSnapshot fleet, DeploymentSnapshot deployment) {
        return deployment.updated() < deployment.replicas()
                || fleet.reported()
                        .map(reported ->
                                reported.reconciling()
                                        || reported.generation() != fleet.generation())
                        .orElse(true);
    }
}

package dev.facefusion.operator.decide;

import dev.facefusion.operator.decide.PodHealth.Draining;
import dev.facefusion.operator.decide.PodHealth.Faulty;
import dev.facefusion.operator.decide.PodHealth.Starting;
import dev.facefusion.operator.decide.Rollout.Complete;
import dev.facefusion.operator.decide.Rollout.Paused;
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

    private static final List<Reason> CAUSES =
            List.of(
                    Reason.IMAGE_UNAVAILABLE,
                    Reason.CONTAINER_MISCONFIGURED,
                    Reason.UNSCHEDULABLE,
                    Reason.DEVICE_UNHEALTHY,
                    Reason.CONTAINER_CRASHING,
                    Reason.MODEL_NOT_LOADED,
                    Reason.ACCELERATOR_FALLBACK,
                    Reason.STARTUP_TIMEOUT,
                    Reason.HEALTH_UNREACHABLE,
                    Reason.NODE_LOST);

    private RolloutPolicy() {}

    /// A pod that no node takes is not at fault while room is being made for it: old pods leave one
    /// after the other, in place, or a pod of the fleet is on its way out.
    static List<PodVerdict> excuse(FleetSnapshot fleet, List<PodVerdict> verdicts) {
        return makesRoom(fleet, verdicts)
                ? verdicts.stream().map(RolloutPolicy::excuse).toList()
                : verdicts;
    }

    private static boolean makesRoom(FleetSnapshot fleet, List<PodVerdict> verdicts) {
        return verdicts.stream().anyMatch(RolloutPolicy::leavesInTime)
                || fleet.deployment()
                        .filter(deployment -> !deployment.deadlineExceeded())
                        .filter(deployment -> deployment.inPlace() || fleet.update().inPlace())
                        .filter(deployment -> underWay(fleet, deployment))
                        .isPresent();
    }

    private static boolean leavesInTime(PodVerdict verdict) {
        return verdict.pod().leaving()
                && !verdict.pod().nodeName().isEmpty()
                && verdict.health().equals(new Draining());
    }

    private static PodVerdict excuse(PodVerdict verdict) {
        return faulty(verdict, Reason.UNSCHEDULABLE)
                ? PodVerdict.of(verdict.pod(), new Starting())
                : verdict;
    }

    static Rollout judge(FleetSnapshot fleet, List<PodVerdict> verdicts) {
        if (fleet.update().paused()) {
            return new Paused();
        }
        if (fleet.deployment().isEmpty() || !fleet.deployment().get().asAsked()) {
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
        if (deployment.deadlineExceeded()) {
            return Optional.of(cause(verdicts).orElse(Reason.PROGRESS_DEADLINE_EXCEEDED));
        }
        var limit = fleet.now().minus(UNSCHEDULABLE_LIMIT);
        return verdicts.stream()
                        .filter(verdict -> faulty(verdict, Reason.UNSCHEDULABLE))
                        .flatMap(verdict -> verdict.pod().unschedulableSince().stream())
                        .anyMatch(since -> !since.isAfter(limit))
                ? Optional.of(Reason.UNSCHEDULABLE)
                : Optional.empty();
    }

    /// What keeps pods from ever becoming ready, the most telling first.
    private static Optional<Reason> cause(List<PodVerdict> verdicts) {
        return CAUSES.stream()
                .filter(reason ->
                        verdicts.stream()
                                .filter(verdict -> !verdict.pod().ready())
                                .anyMatch(verdict -> faulty(verdict, reason)))
                .findFirst();
    }

    private static boolean faulty(PodVerdict verdict, Reason reason) {
        return verdict.health().equals(new Faulty(reason));
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

package dev.facefusion.operator.decide;

import dev.facefusion.operator.decide.Action.Apply;
import dev.facefusion.operator.decide.Rollout.Complete;
import dev.facefusion.operator.decide.Rollout.Paused;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Composes the policies: the table of contents of what the operator does.
///
/// 1. judge every pod
/// 2. apply each part of the workload that is missing or not as the spec asks
/// 3. tell how far the rollout is
/// 4. name what is wrong with the fleet
/// 5. say when to look again
public final class Decisions {
    private Decisions() {}

    public static Decision decide(FleetSnapshot fleet, HealthPolicy policy) {
        var verdicts =
                RolloutPolicy.excuse(
                        fleet,
                        fleet.pods().stream().map(pod -> policy.judge(pod, fleet.now())).toList());
        var rollout = RolloutPolicy.judge(fleet, verdicts);
        int serving = Math.toIntExact(verdicts.stream().filter(PodVerdict::serving).count());
        return new Decision(
                actions(fleet),
                rollout,
                verdicts,
                serving,
                fault(fleet, verdicts, rollout, serving),
                FleetLoad.of(verdicts, policy.gpuMemory()),
                recheckAfter(fleet, verdicts));
    }

    private static List<Action> actions(FleetSnapshot fleet) {
        if (fleet.update().paused()) {
            return List.of();
        }
        return Stream.of(Part.values())
                .filter(fleet.outdated()::contains)
                .<Action>map(Apply::new)
                .toList();
    }

    private static Optional<Reason> fault(
            FleetSnapshot fleet, List<PodVerdict> verdicts, Rollout rollout, int serving) {
        var ofPods =
                verdicts.stream()
                        .filter(verdict -> verdict.health() instanceof PodHealth.Faulty)
                        .flatMap(verdict -> verdict.complaint().stream())
                        .findFirst();
        return ofPods.or(() -> shortage(fleet, verdicts, rollout, serving));
    }

    private static Optional<Reason> shortage(
            FleetSnapshot fleet, List<PodVerdict> verdicts, Rollout rollout, int serving) {
        if (fleet.deployment().filter(DeploymentSnapshot::creationFailing).isPresent()) {
            return Optional.of(Reason.REPLICA_CREATION_FAILED);
        }
        boolean settled = rollout instanceof Complete || rollout instanceof Paused;
        return settled && serving < fleet.desiredReplicas()
                ? overdue(verdicts).or(() -> Optional.of(Reason.REPLICA_NOT_READY))
                : Optional.empty();
    }

    private static Optional<Reason> overdue(List<PodVerdict> verdicts) {
        return verdicts.stream()
                .filter(verdict -> verdict.health() instanceof PodHealth.Draining)
                .flatMap(verdict -> verdict.complaint().stream())
                .findFirst();
    }

    private static Optional<Duration> recheckAfter(FleetSnapshot fleet, List<PodVerdict> verdicts) {
        var stuckAt =
                fleet.pods().stream()
                        .flatMap(pod -> pod.unschedulableSince().stream())
                        .map(since -> since.plus(RolloutPolicy.UNSCHEDULABLE_LIMIT));
        return Stream.concat(
                        verdicts.stream().flatMap(verdict -> verdict.recheckAt().stream()), stuckAt)
                .filter(at -> at.isAfter(fleet.now()))
                .min(Comparator.naturalOrder())
                .map(at -> Duration.between(fleet.now(), at));
    }
}

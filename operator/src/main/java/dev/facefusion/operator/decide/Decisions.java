package dev.facefusion.operator.decide;

import dev.facefusion.operator.decide.Action.Apply;
import dev.facefusion.operator.decide.Rollout.Complete;
import dev.facefusion.operator.decide.Rollout.Paused;
import dev.facefusion.operator.decide.remediation.Plan;
import dev.facefusion.operator.decide.remediation.RemediationPlanner;
import dev.facefusion.operator.decide.remediation.Treatment;
import dev.facefusion.operator.decide.scaling.ScalingResult;
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
/// 4. plan what to do about sick pods
/// 5. decide how many pods there shall be, and which go first
/// 6. name what is wrong with the fleet
/// 7. say when to look again
public final class Decisions {
    private Decisions() {}

    public static Decision decide(FleetSnapshot fleet, Policies policies) {
        var verdicts =
                RolloutPolicy.excuse(
                        fleet,
                        fleet.pods().stream()
                                .map(pod -> policies.health().judge(pod, fleet.now()))
                                .toList());
        var rollout = RolloutPolicy.judge(fleet, verdicts);
        int serving = Math.toIntExact(verdicts.stream().filter(PodVerdict::serving).count());
        var plan = RemediationPlanner.plan(fleet, verdicts, policies.remediation());
        var scaling = Autoscaling.scale(fleet, verdicts, policies.scaling());
        return new Decision(
                actions(fleet, verdicts),
                rollout,
                verdicts,
                serving,
                plan,
                scaling,
                fault(fleet, verdicts, plan, rollout, serving),
                FleetLoad.of(verdicts, policies.health().gpuMemory()),
                recheckAfter(fleet, verdicts, plan, scaling));
    }

    private static List<Action> actions(FleetSnapshot fleet, List<PodVerdict> verdicts) {
        if (fleet.paused()) {
            return List.of();
        }
        boolean deployable =
                fleet.outdated().contains(Part.DEPLOYMENT)
                        && !Autoscaling.awaitsWord(fleet, verdicts);
        var apply =
                Stream.of(Part.values())
                        .filter(fleet.outdated()::contains)
                        .filter(part -> part != Part.DEPLOYMENT || deployable)
                        .<Action>map(Apply::new);
        return deployable
                ? Stream.concat(Autoscaling.giveUp(fleet, verdicts).stream(), apply).toList()
                : apply.toList();
    }

    private static Optional<Reason> fault(
            FleetSnapshot fleet,
            List<PodVerdict> verdicts,
            Plan plan,
            Rollout rollout,
            int serving) {
        var ofPods =
                verdicts.stream()
                        .filter(verdict -> verdict.health() instanceof PodHealth.Faulty)
                        .flatMap(verdict -> verdict.complaint().stream())
                        .findFirst();
        var treated = plan.ledger().open().stream().map(Treatment::reason).findFirst();
        return ofPods.or(() -> treated).or(() -> shortage(fleet, verdicts, rollout, serving));
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

    private static Optional<Duration> recheckAfter(
            FleetSnapshot fleet,
            List<PodVerdict> verdicts,
            Plan plan,
            Optional<ScalingResult> scaling) {
        var stuckAt =
                fleet.pods().stream()
                        .flatMap(pod -> pod.unschedulableSince().stream())
                        .map(since -> since.plus(RolloutPolicy.UNSCHEDULABLE_LIMIT));
        return Stream.of(
                        verdicts.stream().flatMap(verdict -> verdict.recheckAt().stream()),
                        stuckAt,
                        plan.lookAgainAt().stream(),
                        scaling.map(result -> fleet.now().plus(result.lookAgainAfter())).stream())
                .flatMap(times -> times)
                .filter(at -> at.isAfter(fleet.now()))
                .min(Comparator.naturalOrder())
                .map(at -> Duration.between(fleet.now(), at));
    }
}

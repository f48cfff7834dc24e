package dev.facefusion.operator.decide;

import dev.facefusion.operator.decide.scaling.PodLoad;
import dev.facefusion.operator.decide.scaling.ScalingInput;
import dev.facefusion.operator.decide.scaling.ScalingMemory;
import dev.facefusion.operator.decide.scaling.ScalingPolicy;
import dev.facefusion.operator.decide.scaling.ScalingResult;
import dev.facefusion.operator.decide.scaling.Victims;
import dev.facefusion.operator.decide.scaling.Victims.Candidate;
import dev.facefusion.operator.decide.scaling.Victims.Use;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What the verdicts on a fleet mean for the number of its pods, and for which of them go first.
final class Autoscaling {
    private Autoscaling() {}

    /// Empty where nobody asks the operator, or nothing may be changed.
    static Optional<ScalingResult> scale(
            FleetSnapshot fleet, List<PodVerdict> verdicts, Optional<ScalingPolicy> policy) {
        return policy.filter(_ -> !fleet.paused() && fleet.desiredReplicas() > 0)
                .map(rules -> rules.scale(input(fleet, verdicts)));
    }

    /// Where the Deployment is about to shrink: which pods to give up.
    static List<Action> giveUp(FleetSnapshot fleet, List<PodVerdict> verdicts) {
        int running = fleet.deployment().map(DeploymentSnapshot::replicas).orElse(0);
        var staying = verdicts.stream().filter(verdict -> !verdict.pod().leaving()).toList();
        var costs =
                Victims.costs(
                        staying.stream().map(Autoscaling::candidate).toList(),
                        running - fleet.desiredReplicas());
        return staying.stream()
                .filter(verdict -> costs.containsKey(verdict.pod().name()))
                .<Action>map(verdict ->
                        new Action.SetDeletionCost(
                                verdict.pod().ref(), costs.getOrDefault(verdict.pod().name(), 0)))
                .toList();
    }

    /// Whether the Deployment is to shrink while a pod has not been asked yet: it may be the very
    /// one to give up. An operator that has just begun asks within moments.
    static boolean awaitsWord(FleetSnapshot fleet, List<PodVerdict> verdicts) {
        int running = fleet.deployment().map(DeploymentSnapshot::replicas).orElse(0);
        return fleet.desiredReplicas() > 0
                && fleet.desiredReplicas() < running
                && verdicts.stream()
                        .anyMatch(verdict -> verdict.health() instanceof PodHealth.Unseen);
    }

    private static ScalingInput input(FleetSnapshot fleet, List<PodVerdict> verdicts) {
        var staying = verdicts.stream().filter(verdict -> !verdict.pod().leaving()).toList();
        int outOfService =
                Math.toIntExact(
                        staying.stream()
                                .filter(verdict -> !verdict.pod().custody().inService())
                                .count());
        return new ScalingInput(
                fleet.now(),
                fleet.desiredReplicas(),
                outOfService,
                staying.stream()
                        .filter(verdict ->
                                verdict.pod().custody().inService() && verdict.pod().ready())
                        .map(Autoscaling::load)
                        .toList(),
                fleet.proceedings()
                        .scaling()
                        .orElseGet(() ->
                                ScalingMemory.begin(
                                        fleet.now(), fleet.desiredReplicas(), Optional.empty())));
    }

    private static PodLoad load(PodVerdict verdict) {
        return verdict.report()
                .filter(report -> report.tasks().inFlight().isPresent())
                .filter(report -> report.tasks().queued().isPresent())
                .<PodLoad>map(report ->
                        new PodLoad.Known(
                                report.tasks().inFlight().getAsInt(),
                                report.tasks().queued().getAsInt(),
                                report.inferenceP50Milliseconds()))
                .orElseGet(PodLoad.Missing::new);
    }

    private static Candidate candidate(PodVerdict verdict) {
        var tasks =
                verdict.report()
                        .map(HealthReport::tasks)
                        .map(all ->
                                OptionalInt.of(all.inFlight().orElse(0) + all.queued().orElse(0)))
                        .orElseGet(OptionalInt::empty);
        return new Candidate(
                verdict.pod().name(), use(verdict), tasks, verdict.pod().custody().deletionCost());
    }

    private static Use use(PodVerdict verdict) {
        if (verdict.complaint().isPresent()) {
            return Use.SICK;
        }
        if (!verdict.pod().custody().inService()) {
            return Use.OUT_OF_SERVICE;
        }
        if (!verdict.pod().ready()) {
            return Use.STARTING;
        }
        return verdict.pod()
                        .track()
                        .filter(track -> track.pressing() || track.slowing())
                        .isPresent()
                ? Use.SUSPECT
                : Use.IN_SERVICE;
    }
}

package dev.facefusion.operator.decide.remediation;

import dev.facefusion.operator.decide.Action;
import dev.facefusion.operator.decide.AvoidedNode;
import dev.facefusion.operator.decide.FleetSnapshot;
import dev.facefusion.operator.decide.HealthReport.State;
import dev.facefusion.operator.decide.PodVerdict;
import dev.facefusion.operator.decide.QuarantinedPod;
import dev.facefusion.operator.decide.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Looks after what no treatment does: pods that a person wants out, pods that nobody wants out any
/// more, pods in quarantine, and nodes that are avoided. Needs no record, since what is to be done
/// can be read off the pods at any time.
final class Custodian {
    private final FleetSnapshot fleet;
    private final RemediationPolicy policy;
    private final List<Treatment> open;
    private final List<Action> actions = new ArrayList<>();
    private final List<Instant> rechecks = new ArrayList<>();

    Custodian(FleetSnapshot fleet, RemediationPolicy policy, List<Treatment> open) {
        this.fleet = fleet;
        this.policy = policy;
        this.open = List.copyOf(open);
    }

    List<Action> actions() {
        return actions;
    }

    List<Instant> rechecks() {
        return rechecks;
    }

    void lookAfter(PodVerdict verdict) {
        var pod = verdict.pod();
        if (pod.leaving() || underTreatment(verdict)) {
            return;
        }
        switch (pod.custody().request()) {
            case QUARANTINE ->
                    actions.add(
                            new Action.Quarantine(pod.ref(), Reason.MANUAL_REQUEST, fleet.now()));
            case DRAIN -> drain(verdict);
            case NONE -> takeBack(verdict);
        }
    }

    void lookAfterTheKept() {
        fleet.proceedings().quarantined().stream()
                .filter(pod -> !pod.leaving())
                .forEach(this::lookAfter);
        fleet.proceedings().avoided().forEach(this::lookAfter);
    }

    private void drain(PodVerdict verdict) {
        var pod = verdict.pod();
        if (pod.custody().inService()) {
            actions.add(new Action.TakeOutOfService(pod.ref()));
        }
        var instance = RemediationPlanner.instance(verdict);
        if (!instance.isEmpty() && !drains(verdict)) {
            actions.add(new Action.Drain(pod.ref(), instance));
        }
    }

    /// A process that drains can't be told to stop draining: it restarts first.
    private void takeBack(PodVerdict verdict) {
        var pod = verdict.pod();
        if (pod.custody().inService()) {
            return;
        }
        var instance = RemediationPlanner.instance(verdict);
        if (Sickness.cured(verdict)) {
            actions.add(new Action.ReturnToService(pod.ref()));
        } else if (drains(verdict) && !instance.isEmpty()) {
            actions.add(new Action.Restart(pod.ref(), instance));
        }
        rechecks.add(fleet.now().plus(policy.attention()));
    }

    private void lookAfter(QuarantinedPod pod) {
        var end = pod.since().plus(policy.quarantineTtl());
        if (!pod.kept()) {
            actions.add(new Action.Release(pod.ref()));
        } else if (!fleet.now().isBefore(end)) {
            actions.add(new Action.Discard(pod.ref()));
        } else {
            rechecks.add(end);
        }
    }

    private void lookAfter(AvoidedNode node) {
        if (fleet.now().isBefore(node.until())) {
            rechecks.add(node.until());
        } else {
            actions.add(new Action.StopAvoiding(node));
        }
    }

    private static boolean drains(PodVerdict verdict) {
        return verdict.report().filter(report -> report.state() == State.DRAINING).isPresent();
    }

    private boolean underTreatment(PodVerdict verdict) {
        return open.stream()
                .anyMatch(treatment -> treatment.pod().uid().equals(verdict.pod().ref().uid()));
    }
}

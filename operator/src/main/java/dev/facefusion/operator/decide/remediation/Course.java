package dev.facefusion.operator.decide.remediation;

import static dev.facefusion.operator.decide.remediation.Stage.ABANDONED;
import static dev.facefusion.operator.decide.remediation.Stage.ACTING;
import static dev.facefusion.operator.decide.remediation.Stage.FAILED;
import static dev.facefusion.operator.decide.remediation.Stage.RECOVERING;
import static dev.facefusion.operator.decide.remediation.Stage.SUCCEEDED;

import dev.facefusion.operator.decide.Action;
import dev.facefusion.operator.decide.BlockedBy;
import dev.facefusion.operator.decide.FleetSnapshot;
import dev.facefusion.operator.decide.HealthReport;
import dev.facefusion.operator.decide.PodRef;
import dev.facefusion.operator.decide.PodVerdict;
import dev.facefusion.operator.decide.Reason;
import dev.facefusion.operator.decide.remediation.RemediationPolicy.OnTimeout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How one treatment goes on, from what the cluster shows: every stage asks for what is still
/// missing, and ends when it is there.
///
/// - draining: out of service, told to drain, until its tasks are done, or can't be, or the time is
///   up
/// - acting: told to restart until its container has, or evicted until it goes, or quarantined
/// - recovering: until it serves again, or for a pod that is gone until the fleet is whole
///
/// Where a stage's time is up, or the pod turns out as sick as before, the ladder says what is
/// next.
final class Course {
    /// What a treatment has come to: itself in its new stage and perhaps the next one, and what to
    /// do.
    record Outcome(
            List<Treatment> treatments, List<Action> actions, Optional<BlockedBy> blockedBy) {

        static Outcome of(Treatment treatment, Action... actions) {
            return new Outcome(List.of(treatment), List.of(actions), Optional.empty());
        }
    }

    private final FleetSnapshot fleet;
    private final List<PodVerdict> verdicts;
    private final RemediationPolicy policy;
    private final LadderPolicy ladder;
    private final Instant now;

    Course(
            FleetSnapshot fleet,
            List<PodVerdict> verdicts,
            RemediationPolicy policy,
            LadderPolicy ladder) {
        this.fleet = fleet;
        this.verdicts = verdicts;
        this.policy = policy;
        this.ladder = ladder;
        this.now = fleet.now();
    }

    /// @param treatment an open one
    Outcome of(Treatment treatment) {
        var present = present(treatment.pod());
        return switch (treatment.stage()) {
            case DRAINING ->
                    present.map(pod -> draining(treatment, pod)).orElseGet(() -> left(treatment));
            case ACTING ->
                    present.map(pod -> acting(treatment, pod)).orElseGet(() -> left(treatment));
            case RECOVERING -> recovering(treatment, present);
            case SUCCEEDED, FAILED, ABANDONED -> Outcome.of(treatment);
        };
    }

    private Outcome gone(Treatment treatment) {
        return Outcome.of(treatment.entering(ABANDONED, now));
    }

    private Outcome left(Treatment treatment) {
        return switch (treatment.step()) {
            case REPLACE, AVOID_NODE -> replaced(treatment.entering(RECOVERING, now));
            case SELF_RESTART, QUARANTINE ->
                    fleet.quarantined(treatment.pod().uid())
                            ? Outcome.of(treatment.entering(SUCCEEDED, now))
                            : gone(treatment);
        };
    }

    private Outcome draining(Treatment treatment, PodVerdict verdict) {
        var pod = verdict.pod();
        if (!pod.custody().inService() && drained(treatment, verdict)) {
            return acting(treatment.entering(ACTING, now), verdict);
        }
        var actions = new ArrayList<Action>();
        if (pod.custody().inService()) {
            actions.add(new Action.TakeOutOfService(pod.ref()));
        }
        if (tellsToDrain(treatment, verdict)) {
            actions.add(new Action.Drain(pod.ref(), treatment.instance()));
        }
        return new Outcome(List.of(treatment), actions, Optional.empty());
    }

    private boolean tellsToDrain(Treatment treatment, PodVerdict verdict) {
        return !treatment.instance().isEmpty()
                && verdict.report()
                        .filter(report -> report.state() != HealthReport.State.DRAINING)
                        .isPresent();
    }

    private boolean drained(Treatment treatment, PodVerdict verdict) {
        if (Sickness.deaf(treatment.reason())
                || treatment.step() == Step.QUARANTINE
                || restarted(treatment, verdict)) {
            return true;
        }
        boolean timeUp =
                !now.isBefore(treatment.stageSince().plus(policy.drain().timeout()))
                        && policy.drain().onTimeout() == OnTimeout.GO_ON;
        return timeUp
                || verdict.report()
                        .map(report ->
                                report.state() == HealthReport.State.DRAINING
                                        && report.tasks().idle())
                        .orElse(true);
    }

    private Outcome acting(Treatment treatment, PodVerdict verdict) {
        return switch (treatment.step()) {
            case SELF_RESTART -> restarting(treatment, verdict);
            case REPLACE -> evicting(treatment);
            case AVOID_NODE -> avoiding(treatment);
            case QUARANTINE ->
                    Outcome.of(
                            treatment,
                            new Action.Quarantine(treatment.pod(), treatment.reason(), now));
        };
    }

    private Outcome restarting(Treatment treatment, PodVerdict verdict) {
        if (restarted(treatment, verdict)) {
            return restored(treatment.entering(RECOVERING, now), verdict);
        }
        return expired(treatment)
                ? climb(treatment, verdict, treatment.reason())
                : Outcome.of(
                        treatment, new Action.Restart(verdict.pod().ref(), treatment.instance()));
    }

    private Outcome avoiding(Treatment treatment) {
        var node = treatment.pod().nodeName();
        return node.isEmpty() || fleet.avoids(node)
                ? evicting(treatment)
                : Outcome.of(treatment, new Action.Avoid(node, now.plus(policy.quarantineTtl())));
    }

    private Outcome evicting(Treatment treatment) {
        var refusal = Optional.ofNullable(fleet.refusals().get(treatment.pod().uid()));
        boolean mayTry = refusal.filter(now::isBefore).isEmpty();
        return new Outcome(
                List.of(treatment),
                mayTry ? List.of(new Action.Evict(treatment.pod())) : List.of(),
                refusal.map(_ -> BlockedBy.PDB));
    }

    private Outcome recovering(Treatment treatment, Optional<PodVerdict> present) {
        return switch (treatment.step()) {
            case SELF_RESTART ->
                    present.map(verdict -> restored(treatment, verdict))
                            .orElseGet(() -> gone(treatment));
            case REPLACE, AVOID_NODE -> replaced(treatment);
            case QUARANTINE -> Outcome.of(treatment.entering(SUCCEEDED, now));
        };
    }

    private Outcome restored(Treatment treatment, PodVerdict verdict) {
        if (Sickness.cured(verdict)) {
            return verdict.pod().custody().inService()
                    ? Outcome.of(treatment.entering(SUCCEEDED, now))
                    : Outcome.of(treatment, new Action.ReturnToService(verdict.pod().ref()));
        }
        var relapse = Sickness.of(verdict);
        return relapse.isPresent() || expired(treatment)
                ? climb(treatment, verdict, relapse.orElse(treatment.reason()))
                : Outcome.of(treatment);
    }

    /// A pod that was replaced is judged by its successor, and by the fleet being whole again.
    private Outcome replaced(Treatment treatment) {
        if (whole(treatment)) {
            return Outcome.of(treatment.entering(SUCCEEDED, now));
        }
        var successor =
                verdicts.stream()
                        .filter(verdict ->
                                verdict.pod().startedAt().isAfter(treatment.stageSince()))
                        .filter(verdict -> Sickness.of(verdict).isPresent())
                        .filter(verdict -> fleet.ledger().open(verdict.pod().ref().uid()).isEmpty())
                        .findFirst();
        return successor
                .map(verdict -> climb(treatment, verdict, Sickness.of(verdict).orElseThrow()))
                .orElseGet(() ->
                        Outcome.of(
                                expired(treatment) ? treatment.entering(FAILED, now) : treatment));
    }

    private boolean whole(Treatment treatment) {
        long serving = verdicts.stream().filter(PodVerdict::serving).count();
        long awayToo =
                fleet.ledger().open().stream()
                        .filter(other -> !other.pod().uid().equals(treatment.pod().uid()))
                        .count();
        return serving >= fleet.desiredReplicas() - awayToo;
    }

    /// This one has failed; the next is about the pod that is sick now.
    private Outcome climb(Treatment treatment, PodVerdict verdict, Reason reason) {
        var failed = treatment.entering(FAILED, now);
        var pod = verdict.pod().ref();
        var instance = RemediationPlanner.instance(verdict);
        return ladder.above(treatment.step(), pod, instance)
                .map(step -> of(Treatment.begin(pod, instance, step, reason, now)))
                .map(next ->
                        new Outcome(
                                Stream.concat(Stream.of(failed), next.treatments().stream())
                                        .toList(),
                                next.actions(),
                                next.blockedBy()))
                .orElseGet(() -> Outcome.of(failed));
    }

    private boolean expired(Treatment treatment) {
        return !now.isBefore(treatment.stageSince().plus(policy.timeout(treatment.step())));
    }

    private static boolean restarted(Treatment treatment, PodVerdict verdict) {
        return verdict.pod().ref().restarts() > treatment.pod().restarts();
    }

    /// The pod, unless it is on its way out.
    private Optional<PodVerdict> present(PodRef pod) {
        return verdicts.stream()
                .filter(verdict -> !verdict.pod().leaving())
                .filter(verdict -> verdict.pod().ref().uid().equals(pod.uid()))
                .findFirst();
    }
}

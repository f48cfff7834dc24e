package dev.facefusion.operator.decide.remediation;

import dev.facefusion.operator.decide.Action;
import dev.facefusion.operator.decide.BlockedBy;
import dev.facefusion.operator.decide.Custody.Request;
import dev.facefusion.operator.decide.FleetSnapshot;
import dev.facefusion.operator.decide.HealthReport;
import dev.facefusion.operator.decide.PodHealth.Faulty;
import dev.facefusion.operator.decide.PodVerdict;
import dev.facefusion.operator.decide.Reason;
import dev.facefusion.operator.decide.remediation.RemediationPolicy.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Plans what to do about sick pods:
///
/// 1. tell whether there is a storm
/// 2. go on with every treatment that is under way
/// 3. begin one for each sick pod that has none, as far as the budget goes
/// 4. look after pods that are out of service, in quarantine or asked for by a person, and after
///    nodes that are avoided
///
/// It guarantees that no pod is acted on without fresh evidence against it, that never more than
/// the budget are under treatment unless the budget shrinks, and that nothing is done in a storm,
/// while the cluster is paused, or where the policy is only to watch. The same snapshot and ledger
/// always give the same plan, and a plan that was carried out in part is completed by the next.
public final class RemediationPlanner {
    private final FleetSnapshot fleet;
    private final List<PodVerdict> verdicts;
    private final RemediationPolicy policy;
    private final Instant now;
    private final Optional<Storm> storm;
    private final Optional<BlockedBy> blocked;
    private final List<Treatment> treatments = new ArrayList<>();
    private final List<Action> actions = new ArrayList<>();
    private final Map<String, Deferral> deferrals = new TreeMap<>();
    private final List<Instant> rechecks = new ArrayList<>();

    private RemediationPlanner(
            FleetSnapshot fleet, List<PodVerdict> verdicts, RemediationPolicy policy) {
        this.fleet = fleet;
        this.verdicts = verdicts;
        this.policy = policy;
        this.now = fleet.now();
        this.storm =
                policy.mode() == Mode.OFF
                        ? Optional.empty()
                        : StormBreaker.judge(
                                fleet.ledger(),
                                verdicts,
                                policy.stormThresholdPercent(),
                                policy.stormCooldown(),
                                now);
        this.blocked = blocked();
    }

    /// What to do now, and what to record before it.
    ///
    /// @param verdicts on the snapshot's pods
    public static Plan plan(
            FleetSnapshot fleet, List<PodVerdict> verdicts, RemediationPolicy policy) {
        return new RemediationPlanner(fleet, verdicts, policy).plan();
    }

    private Plan plan() {
        fleet.ledger().treatments().forEach(this::goOn);
        if (policy.mode() != Mode.OFF) {
            begin();
        }
        if (!fleet.paused()) {
            var custodian = new Custodian(fleet, policy, open());
            verdicts.forEach(custodian::lookAfter);
            custodian.lookAfterTheKept();
            actions.addAll(custodian.actions());
            rechecks.addAll(custodian.rechecks());
        }
        storm.map(each -> each.over(policy.stormCooldown()))
                .filter(over -> over.isBefore(Instant.MAX))
                .ifPresent(rechecks::add);
        if (!open().isEmpty()) {
            rechecks.add(now.plus(policy.attention()));
        }
        return new Plan(
                new Ledger(storm, treatments).pruned(LadderPolicy.memory(policy), now),
                actions,
                deferrals,
                rechecks.stream().filter(now::isBefore).min(Comparator.naturalOrder()));
    }

    /// What keeps every action from being done, if anything does.
    private Optional<BlockedBy> blocked() {
        if (fleet.paused()) {
            return Optional.of(BlockedBy.PAUSED);
        }
        if (policy.mode() == Mode.OBSERVE) {
            return Optional.of(BlockedBy.OBSERVE);
        }
        return storm.map(each -> each.raging() ? BlockedBy.STORM : BlockedBy.COOLDOWN);
    }

    private void goOn(Treatment treatment) {
        if (!treatment.open()) {
            treatments.add(treatment);
            return;
        }
        if (policy.mode() != Mode.ENFORCE && !fleet.paused()) {
            treatments.add(treatment.entering(Stage.ABANDONED, now));
            return;
        }
        if (blocked.isPresent()) {
            treatments.add(treatment);
            defer(treatment, blocked.get());
            return;
        }
        var course = new Course(fleet, verdicts, policy, ladder()).of(treatment);
        treatments.addAll(course.treatments());
        actions.addAll(course.actions());
        course.blockedBy().ifPresent(by -> defer(course.treatments().getLast(), by));
    }

    private void begin() {
        var sick =
                verdicts.stream()
                        .filter(verdict -> Sickness.of(verdict).isPresent())
                        .filter(verdict -> !underTreatment(verdict))
                        .filter(verdict -> verdict.pod().custody().request() == Request.NONE)
                        .sorted(Comparator.comparingInt(RemediationPlanner::severity))
                        .toList();
        for (var verdict : sick) {
            begin(verdict, Sickness.of(verdict).orElseThrow());
        }
    }

    private void begin(PodVerdict verdict, Reason reason) {
        var pod = verdict.pod().ref();
        var instance = instance(verdict);
        var ladder = ladder();
        var step = ladder.first(pod, instance, reason);
        var againAt = ladder.againAt(step, pod);
        var obstacle =
                blocked.or(() ->
                        open().size() >= policy.budget().of(fleet.desiredReplicas())
                                ? Optional.of(BlockedBy.BUDGET)
                                : againAt.map(_ -> BlockedBy.COOLDOWN));
        againAt.ifPresent(rechecks::add);
        if (obstacle.isPresent()) {
            deferrals.put(pod.name(), new Deferral(step, reason, obstacle.get()));
        } else if (timely(verdict, reason)) {
            goOn(Treatment.begin(pod, instance, step, reason, now));
        } else {
            rechecks.add(now.plus(policy.attention()));
        }
    }

    /// A pod that does not answer is treated once the others have been asked too, since it may be
    /// the first of many; one that will run out of memory at a quiet moment, or once it has waited
    /// long enough for one.
    private boolean timely(PodVerdict verdict, Reason reason) {
        if (verdict.health() instanceof Faulty) {
            return !Sickness.silent(reason) || standsFor(policy.attention(), verdict, reason);
        }
        if (reason != Reason.VRAM_LEAK_PREDICTED) {
            return true;
        }
        boolean idle = verdict.report().filter(report -> report.tasks().idle()).isPresent();
        return idle || standsFor(policy.patience(), verdict, reason);
    }

    private boolean standsFor(Duration time, PodVerdict verdict, Reason reason) {
        return verdict.pod()
                .complaint()
                .filter(complaint -> complaint.reason() == reason)
                .filter(complaint -> !now.isBefore(complaint.since().plus(time)))
                .isPresent();
    }

    private static int severity(PodVerdict verdict) {
        return verdict.health() instanceof Faulty ? 0 : 1;
    }

    private boolean underTreatment(PodVerdict verdict) {
        return open().stream()
                .anyMatch(treatment -> treatment.pod().uid().equals(verdict.pod().ref().uid()));
    }

    private List<Treatment> open() {
        return treatments.stream().filter(Treatment::open).toList();
    }

    private LadderPolicy ladder() {
        return new LadderPolicy(policy, fleet.ledger(), now);
    }

    private void defer(Treatment treatment, BlockedBy by) {
        deferrals.put(
                treatment.pod().name(), new Deferral(treatment.step(), treatment.reason(), by));
    }

    static String instance(PodVerdict verdict) {
        return verdict.pod()
                .track()
                .flatMap(track -> track.lastReport())
                .flatMap(HealthReport::instance)
                .orElse("");
    }
}

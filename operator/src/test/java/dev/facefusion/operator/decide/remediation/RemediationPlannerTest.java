package dev.facefusion.operator.decide.remediation;

import static dev.facefusion.operator.decide.remediation.Patient.MINUTE;
import static dev.facefusion.operator.decide.remediation.Patient.NOW;
import static dev.facefusion.operator.decide.remediation.Patient.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.operator.decide.Action;
import dev.facefusion.operator.decide.BlockedBy;
import dev.facefusion.operator.decide.Custody.Request;
import dev.facefusion.operator.decide.PodHealth.Ailing;
import dev.facefusion.operator.decide.PodHealth.Remedy;
import dev.facefusion.operator.decide.PodVerdict;
import dev.facefusion.operator.decide.Proceedings;
import dev.facefusion.operator.decide.QuarantinedPod;
import dev.facefusion.operator.decide.Reason;
import dev.facefusion.operator.decide.Samples;
import dev.facefusion.operator.decide.Update;
import dev.facefusion.operator.decide.remediation.RemediationPolicy.Mode;
import dev.facefusion.operator.decide.remediation.RemediationPolicy.RepeatOffender;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// One pod at a time, in a fleet of four; looks again after ten seconds, and waits for a quiet
/// moment for ten minutes.
class RemediationPlannerTest {
    private static final Patient POD = Patient.named("a");
    private static final PodVerdict SICK = POD.faulty(Reason.ACCELERATOR_FALLBACK);
    private static final Ailing PRESSED = new Ailing(Reason.VRAM_PRESSURE, Remedy.TREAT);
    private static final Update PAUSED = new Update(true, false, false);
    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void beginsWithASickPod() {
        // when
        var plan = plan(SICK);

        // then
        assertThat(plan.ledger().treatments())
                .containsExactly(
                        Treatment.begin(
                                POD.ref(),
                                RUN,
                                Step.SELF_RESTART,
                                Reason.ACCELERATOR_FALLBACK,
                                NOW));
        assertThat(plan.actions())
                .containsExactly(
                        new Action.TakeOutOfService(POD.ref()), new Action.Drain(POD.ref(), RUN));
        assertThat(plan.deferrals()).isEmpty();
        assertThat(plan.lookAgainAt()).contains(NOW.plus(SOON));
    }

    @Test
    void hasNothingToDoInAFleetThatIsWell() {
        // when
        var plan = plan(POD.serving());

        // then
        assertThat(plan).isEqualTo(new Plan(Ledger.EMPTY, List.of(), Map.of(), Optional.empty()));
    }

    @Test
    void leavesAPodToThePersonWhoAsksForIt() {
        // when
        var plan = plan(POD.asked(Request.DRAIN).faulty(Reason.ACCELERATOR_FALLBACK));

        // then
        assertThat(plan.ledger().treatments()).isEmpty();
        assertThat(plan.actions()).contains(new Action.TakeOutOfService(POD.ref()));
    }

    @Test
    void waitsForTheBudget() {
        // given
        var other = Patient.named("b").polled(Patient.IDLE).is(PRESSED);

        // when
        var one = plan(Policy.with(new Budget.Count(1)), SICK, other);
        var two = plan(Policy.with(new Budget.Count(2)), SICK, other);

        // then
        assertThat(one.ledger().open()).hasSize(1);
        assertThat(one.deferrals())
                .containsExactly(
                        Map.entry(
                                "b",
                                new Deferral(
                                        Step.SELF_RESTART,
                                        Reason.VRAM_PRESSURE,
                                        BlockedBy.BUDGET)));
        assertThat(two.ledger().open()).hasSize(2);
        assertThat(two.deferrals()).isEmpty();
    }

    @Test
    void beginsWithThePodThatServesNoMore() {
        // given
        var ailing = Patient.named("0").polled(Patient.IDLE).is(PRESSED);

        // when
        var plan = plan(ailing, SICK);

        // then
        assertThat(plan.ledger().open()).extracting(Treatment::pod).containsExactly(POD.ref());
    }

    @Test
    void treatsASilentPodOnceTheOthersHaveBeenAskedToo() {
        // given
        var silent = POD.polled(Samples.hanging());
        var almost = silent.complaining(Reason.HEALTH_UNREACHABLE, SOON.minusMillis(1));
        var over = silent.complaining(Reason.HEALTH_UNREACHABLE, SOON);
        var another = silent.complaining(Reason.INFERENCE_STALLED, MINUTE);

        // then
        assertThat(begun(silent.faulty(Reason.HEALTH_UNREACHABLE))).isFalse();
        assertThat(begun(almost.faulty(Reason.HEALTH_UNREACHABLE))).isFalse();
        assertThat(begun(another.faulty(Reason.HEALTH_UNREACHABLE))).isFalse();
        assertThat(begun(over.faulty(Reason.HEALTH_UNREACHABLE))).isTrue();
        assertThat(plan(almost.faulty(Reason.HEALTH_UNREACHABLE)).lookAgainAt())
                .contains(NOW.plus(SOON));
    }

    @Test
    void treatsAPodThatWillRunOutOfMemoryAtAQuietMomentOrAfterTenMinutes() {
        // given
        var leak = Reason.VRAM_LEAK_PREDICTED;
        var leaking = new Ailing(leak, Remedy.TREAT);
        var tenMinutes = Duration.ofMinutes(10);
        var almost = POD.complaining(leak, tenMinutes.minusMillis(1));
        var over = POD.complaining(leak, tenMinutes);

        // then
        assertThat(begun(POD.is(leaking))).isFalse();
        assertThat(begun(almost.is(leaking))).isFalse();
        assertThat(begun(POD.polled(Patient.IDLE).is(leaking))).isTrue();
        assertThat(begun(over.is(leaking))).isTrue();
    }

    @Test
    void treatsOtherAilmentsAtOnce() {
        // then
        assertThat(begun(POD.is(PRESSED))).isTrue();
    }

    @Test
    void goesOnWithWhatIsUnderWay() {
        // given
        var acting = POD.treated(Step.SELF_RESTART, Stage.ACTING, MINUTE);
        var over = Patient.named("b").treated(Step.REPLACE, Stage.SUCCEEDED, MINUTE);

        // when
        var plan = plan(Policy.DEFAULT, Patient.of(over, acting), POD.outOfService().is(PRESSED));

        // then
        assertThat(plan.ledger().treatments()).containsExactly(over, acting);
        assertThat(plan.actions()).containsExactly(new Action.Restart(POD.ref(), RUN));
    }

    @Test
    void saysThatABudgetForbidsTheEviction() {
        // given
        var acting = POD.treated(Step.REPLACE, Stage.ACTING, MINUTE);
        var proceedings =
                new Proceedings(
                        new Ledger(Optional.empty(), List.of(acting)),
                        List.of(),
                        List.of(),
                        Map.of("a-uid", NOW.plus(MINUTE)),
                        Optional.empty());

        // when
        var plan =
                plan(
                        Policy.DEFAULT,
                        proceedings,
                        POD.outOfService().faulty(Reason.ACCELERATOR_FALLBACK));

        // then
        assertThat(plan.deferrals())
                .containsExactly(
                        Map.entry(
                                "a",
                                new Deferral(
                                        Step.REPLACE, Reason.ACCELERATOR_FALLBACK, BlockedBy.PDB)));
    }

    @Test
    void abandonsWhatIsUnderWayWhereThePolicyIsNotToAct() {
        // given
        var acting = POD.treated(Step.REPLACE, Stage.ACTING, MINUTE);

        // then
        for (var mode : List.of(Mode.OFF, Mode.OBSERVE)) {
            var plan = plan(Policy.with(mode), Patient.of(acting), POD.serving());
            assertThat(plan.ledger().treatments())
                    .containsExactly(acting.entering(Stage.ABANDONED, NOW));
            assertThat(plan.actions()).isEmpty();
        }
    }

    @Test
    void onlyWatchesWhereThePolicySaysSo() {
        // then
        assertThat(plan(Policy.with(Mode.OBSERVE), SICK).deferrals())
                .containsExactly(Map.entry("a", deferral(BlockedBy.OBSERVE)));
        assertThat(plan(Policy.with(Mode.OFF), SICK).deferrals()).isEmpty();
    }

    @Test
    void stopsInAStormAndGoesOnAfterIt() {
        // given
        var acting = POD.treated(Step.REPLACE, Stage.ACTING, MINUTE);
        var other = Patient.named("b").on("node-2").faulty(Reason.ACCELERATOR_FALLBACK);

        // when
        var plan = plan(Policy.DEFAULT, Patient.of(acting), SICK, other);

        // then
        assertThat(plan.ledger().storm()).contains(new Storm(NOW, Optional.empty()));
        assertThat(plan.ledger().treatments()).containsExactly(acting);
        assertThat(plan.actions()).isEmpty();
        assertThat(plan.deferrals())
                .containsOnly(
                        Map.entry(
                                "a",
                                new Deferral(
                                        Step.REPLACE,
                                        Reason.ACCELERATOR_FALLBACK,
                                        BlockedBy.STORM)),
                        Map.entry("b", deferral(BlockedBy.STORM)));
    }

    @Test
    void waitsForEventsInAStorm() {
        // given
        var other = Patient.named("b").faulty(Reason.ACCELERATOR_FALLBACK);

        // when
        var plan = plan(Policy.DEFAULT, Proceedings.NONE, SICK, other);

        // then
        assertThat(plan.ledger().storm()).isPresent();
        assertThat(plan.lookAgainAt()).isEmpty();
    }

    @Test
    void looksAfterPodsInQuarantine() {
        // given
        var kept = new QuarantinedPod(POD.ref(), NOW.minus(MINUTE), "Stalled", false, false);
        var proceedings =
                new Proceedings(Ledger.EMPTY, List.of(kept), List.of(), Map.of(), Optional.empty());

        // when
        var plan = plan(Policy.DEFAULT, proceedings);

        // then
        assertThat(plan.actions()).containsExactly(new Action.Release(POD.ref()));
    }

    @Test
    void looksAgainWhenTheStormIsOver() {
        // given: calm for two of five minutes
        var storm = new Storm(NOW.minus(MINUTE), Optional.of(NOW.minus(MINUTE.multipliedBy(2))));

        // when
        var plan = plan(Policy.DEFAULT, after(storm), SICK, POD.serving(), POD.serving());

        // then
        assertThat(plan.deferrals()).containsExactly(Map.entry("a", deferral(BlockedBy.COOLDOWN)));
        assertThat(plan.lookAgainAt()).contains(NOW.plus(MINUTE.multipliedBy(3)));
    }

    @Test
    void restartsNoPodAgainAtOnceThoughItsLadderHasNothingElse() {
        // given
        var policy = Policy.with(List.of(new Rung(Step.SELF_RESTART, MINUTE)));
        var failed = POD.treated(Step.SELF_RESTART, Stage.FAILED, MINUTE.multipliedBy(4));
        var longAgo = POD.treated(Step.SELF_RESTART, Stage.FAILED, MINUTE.multipliedBy(10));

        // when
        var now = plan(policy, Patient.of(failed), SICK);
        var later = plan(policy, Patient.of(longAgo), SICK);

        // then
        assertThat(now.ledger().open()).isEmpty();
        assertThat(now.deferrals()).containsExactly(Map.entry("a", deferral(BlockedBy.COOLDOWN)));
        assertThat(now.lookAgainAt()).contains(NOW.plus(MINUTE.multipliedBy(6)));
        assertThat(later.ledger().open())
                .extracting(Treatment::step)
                .containsExactly(Step.SELF_RESTART);
        assertThat(later.deferrals()).isEmpty();
    }

    @Test
    void knowsNoStormWhereRemediationIsOff() {
        // given
        var storm = new Storm(NOW.minus(MINUTE), Optional.empty());

        // then
        assertThat(plan(Policy.with(Mode.OFF), after(storm), SICK, SICK).ledger().storm())
                .isEmpty();
    }

    @Test
    void touchesNothingWhilePaused() {
        // given
        var acting = POD.treated(Step.REPLACE, Stage.ACTING, MINUTE);
        var asked = Patient.named("b").asked(Request.QUARANTINE);
        var fleet = Patient.fleet(4, PAUSED, Patient.of(acting));

        for (var mode : Mode.values()) {
            // when
            var plan =
                    RemediationPlanner.plan(
                            fleet, List.of(SICK, asked.serving()), Policy.with(mode));

            // then
            assertThat(plan.actions()).isEmpty();
            assertThat(plan.ledger().treatments()).containsExactly(acting);
            assertThat(plan.deferrals())
                    .containsExactly(
                            Map.entry(
                                    "a",
                                    new Deferral(
                                            Step.REPLACE,
                                            Reason.ACCELERATOR_FALLBACK,
                                            BlockedBy.PAUSED)));
        }
    }

    @Test
    void remembersForAnHourHoweverShortTheOffendersWindowIs() {
        // given
        var policy = Policy.with(new RepeatOffender(3, Duration.ofSeconds(1)));
        var lately = POD.treated(Step.REPLACE, Stage.SUCCEEDED, MINUTE.multipliedBy(59));
        var before = POD.treated(Step.REPLACE, Stage.SUCCEEDED, MINUTE.multipliedBy(60));

        // then
        assertThat(plan(policy, Patient.of(lately), POD.serving()).ledger().treatments())
                .containsExactly(lately);
        assertThat(plan(policy, Patient.of(before), POD.serving()).ledger().treatments()).isEmpty();
    }

    @Test
    void forgetsWhatWasDoneTheDayBefore() {
        // given
        var old = POD.treated(Step.REPLACE, Stage.SUCCEEDED, Duration.ofDays(1));

        // then
        assertThat(plan(Policy.DEFAULT, Patient.of(old), POD.serving()).ledger().treatments())
                .isEmpty();
    }

    private static Deferral deferral(BlockedBy by) {
        return new Deferral(Step.SELF_RESTART, Reason.ACCELERATOR_FALLBACK, by);
    }

    private static boolean begun(PodVerdict verdict) {
        return !plan(verdict).ledger().open().isEmpty();
    }

    private static Proceedings after(Storm storm) {
        return new Proceedings(
                new Ledger(Optional.of(storm), List.of()),
                List.of(),
                List.of(),
                Map.of(),
                Optional.empty());
    }

    private static Plan plan(PodVerdict... verdicts) {
        return plan(Policy.DEFAULT, verdicts);
    }

    /// Beside two pods that are well.
    private static Plan plan(RemediationPolicy policy, PodVerdict... verdicts) {
        var well = List.of(Patient.named("y").serving(), Patient.named("z").serving());
        var all = Stream.concat(List.of(verdicts).stream(), well.stream()).toList();
        return RemediationPlanner.plan(Patient.fleet(4), all, policy);
    }

    private static Plan plan(
            RemediationPolicy policy, Proceedings proceedings, PodVerdict... verdicts) {
        return RemediationPlanner.plan(
                Patient.fleet(4, Update.PLAIN, proceedings), List.of(verdicts), policy);
    }
}

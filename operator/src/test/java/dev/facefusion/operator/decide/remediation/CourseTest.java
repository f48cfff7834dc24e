package dev.facefusion.operator.decide.remediation;

import static dev.facefusion.operator.decide.remediation.Patient.DRAINED;
import static dev.facefusion.operator.decide.remediation.Patient.DRAINING;
import static dev.facefusion.operator.decide.remediation.Patient.MINUTE;
import static dev.facefusion.operator.decide.remediation.Patient.NOW;
import static dev.facefusion.operator.decide.remediation.Patient.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.operator.decide.Action;
import dev.facefusion.operator.decide.AvoidedNode;
import dev.facefusion.operator.decide.BlockedBy;
import dev.facefusion.operator.decide.FleetSnapshot;
import dev.facefusion.operator.decide.PodHealth.Draining;
import dev.facefusion.operator.decide.PodHealth.Starting;
import dev.facefusion.operator.decide.PodVerdict;
import dev.facefusion.operator.decide.Proceedings;
import dev.facefusion.operator.decide.QuarantinedPod;
import dev.facefusion.operator.decide.Reason;
import dev.facefusion.operator.decide.Samples;
import dev.facefusion.operator.decide.Update;
import dev.facefusion.operator.decide.remediation.Course.Outcome;
import dev.facefusion.operator.decide.remediation.RemediationPolicy.OnTimeout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// A drain may take two minutes, a restart five, all else fifteen.
class CourseTest {
    private static final Patient POD = Patient.named("a");
    private static final Patient OUT = POD.outOfService();
    private static final Patient SUCCESSOR = Patient.named("b").startedAt(NOW.minusSeconds(1));
    private static final PodVerdict SICK = OUT.faulty(Reason.ACCELERATOR_FALLBACK);

    @Nested
    class Drains {
        @Test
        void outOfServiceFirst() {
            // given
            var draining = POD.treated(Step.REPLACE, Stage.DRAINING, MINUTE);

            // when
            var outcome = after(draining, POD.faulty(Reason.ACCELERATOR_FALLBACK));

            // then
            assertThat(outcome)
                    .isEqualTo(
                            Outcome.of(
                                    draining,
                                    new Action.TakeOutOfService(POD.ref()),
                                    new Action.Drain(POD.ref(), RUN)));
        }

        @Test
        void untilTheTasksAreDone() {
            // given
            var draining = POD.treated(Step.REPLACE, Stage.DRAINING, MINUTE);

            // when
            var busy = after(draining, OUT.polled(DRAINING).is(new Draining()));
            var idle = after(draining, OUT.polled(DRAINED).is(new Draining()));

            // then
            assertThat(busy).isEqualTo(Outcome.of(draining));
            assertThat(idle)
                    .isEqualTo(
                            Outcome.of(
                                    entering(draining, Stage.ACTING), new Action.Evict(POD.ref())));
        }

        @Test
        void notWithoutAWordOfThePod() {
            // given
            var draining = POD.treated(Step.REPLACE, Stage.DRAINING, MINUTE);

            // when: out of service, and has not begun to drain
            var outcome = after(draining, SICK);

            // then
            assertThat(outcome).isEqualTo(Outcome.of(draining, new Action.Drain(POD.ref(), RUN)));
        }

        @Test
        void noProcessThatNeverSaidWhoItIs() {
            // given
            var nameless = treatment("", Step.REPLACE, Reason.ACCELERATOR_FALLBACK, MINUTE);

            // when
            var outcome = after(nameless, POD.faulty(Reason.ACCELERATOR_FALLBACK));

            // then
            assertThat(outcome)
                    .isEqualTo(Outcome.of(nameless, new Action.TakeOutOfService(POD.ref())));
        }

        @Test
        void noLongerThanItMay() {
            // given
            var twoMinutes = MINUTE.multipliedBy(2);
            var almost = POD.treated(Step.REPLACE, Stage.DRAINING, twoMinutes.minusMillis(1));
            var over = POD.treated(Step.REPLACE, Stage.DRAINING, twoMinutes);
            var busy = OUT.polled(DRAINING).is(new Draining());

            // then
            assertThat(stages(after(almost, busy))).containsExactly(Stage.DRAINING);
            assertThat(stages(after(over, busy))).containsExactly(Stage.ACTING);
            assertThat(stages(after(over, busy, Policy.with(OnTimeout.WAIT))))
                    .containsExactly(Stage.DRAINING);
        }

        @Test
        void notWhereThereIsNothingToWaitFor() {
            // given
            var busy = OUT.polled(DRAINING).is(new Draining());
            var deaf = treatment(RUN, Step.REPLACE, Reason.INFERENCE_STALLED, MINUTE);
            var kept = POD.treated(Step.QUARANTINE, Stage.DRAINING, MINUTE);
            var replaced = POD.treated(Step.REPLACE, Stage.DRAINING, MINUTE);

            // then
            assertThat(stages(after(deaf, busy))).containsExactly(Stage.ACTING);
            assertThat(stages(after(kept, busy))).containsExactly(Stage.ACTING);
            assertThat(stages(after(replaced, SUCCESSOR.serving()))).doesNotContain(Stage.DRAINING);
            assertThat(stages(after(replaced, OUT.restarted().polled(DRAINING).is(new Draining()))))
                    .containsExactly(Stage.ACTING);
            assertThat(stages(after(replaced, OUT.unpolled().is(new Starting()))))
                    .containsExactly(Stage.ACTING);
        }
    }

    @Nested
    class Acts {
        @Test
        void byTellingTheProcessToRestart() {
            // given
            var acting = POD.treated(Step.SELF_RESTART, Stage.ACTING, MINUTE);

            // when
            var outcome = after(acting, SICK);

            // then
            assertThat(outcome).isEqualTo(Outcome.of(acting, new Action.Restart(POD.ref(), RUN)));
        }

        @Test
        void untilTheContainerHasRestarted() {
            // given
            var acting = POD.treated(Step.SELF_RESTART, Stage.ACTING, MINUTE);

            // when
            var outcome = after(acting, OUT.restarted().is(new Starting()));

            // then
            assertThat(outcome).isEqualTo(Outcome.of(entering(acting, Stage.RECOVERING)));
        }

        @Test
        void noLongerThanTheRungAllows() {
            // given
            var fiveMinutes = MINUTE.multipliedBy(5);
            var almost = POD.treated(Step.SELF_RESTART, Stage.ACTING, fiveMinutes.minusMillis(1));
            var over = POD.treated(Step.SELF_RESTART, Stage.ACTING, fiveMinutes);

            // when
            var outcome = after(over, SICK);

            // then
            assertThat(stages(after(almost, SICK))).containsExactly(Stage.ACTING);
            assertThat(outcome.treatments())
                    .containsExactly(
                            entering(over, Stage.FAILED),
                            Treatment.begin(
                                    POD.ref(),
                                    RUN,
                                    Step.REPLACE,
                                    Reason.ACCELERATOR_FALLBACK,
                                    NOW));
            assertThat(outcome.actions()).containsExactly(new Action.Drain(POD.ref(), RUN));
        }

        @Test
        void byEvicting() {
            // given
            var acting = POD.treated(Step.REPLACE, Stage.ACTING, MINUTE);

            // then
            assertThat(after(acting, SICK))
                    .isEqualTo(Outcome.of(acting, new Action.Evict(POD.ref())));
        }

        @Test
        void notAgainSoonAfterARefusal() {
            // given
            var acting = POD.treated(Step.REPLACE, Stage.ACTING, MINUTE);
            var waits = new Outcome(List.of(acting), List.of(), Optional.of(BlockedBy.PDB));
            var tries =
                    new Outcome(
                            List.of(acting),
                            List.of(new Action.Evict(POD.ref())),
                            Optional.of(BlockedBy.PDB));

            // then
            assertThat(after(refusing(NOW.plusMillis(1), acting), acting, SICK)).isEqualTo(waits);
            assertThat(after(refusing(NOW, acting), acting, SICK)).isEqualTo(tries);
        }

        @Test
        void byAvoidingTheNodeFirst() {
            // given
            var acting = POD.treated(Step.AVOID_NODE, Stage.ACTING, MINUTE);

            // then
            assertThat(after(acting, SICK))
                    .isEqualTo(
                            Outcome.of(
                                    acting,
                                    new Action.Avoid("node-1", NOW.plus(Duration.ofHours(1)))));
            assertThat(after(avoiding("node-2", acting), acting, SICK).actions())
                    .hasOnlyElementsOfType(Action.Avoid.class);
            assertThat(after(avoiding("node-1", acting), acting, SICK))
                    .isEqualTo(Outcome.of(acting, new Action.Evict(POD.ref())));
        }

        @Test
        void onAPodWithoutANodeByEvicting() {
            // given
            var unbound = OUT.on("");
            var acting = unbound.treated(Step.AVOID_NODE, Stage.ACTING, MINUTE);

            // then
            assertThat(after(acting, unbound.faulty(Reason.STARTUP_TIMEOUT)))
                    .isEqualTo(Outcome.of(acting, new Action.Evict(unbound.ref())));
        }

        @Test
        void byQuarantining() {
            // given
            var acting = POD.treated(Step.QUARANTINE, Stage.ACTING, MINUTE);

            // then
            assertThat(after(acting, SICK))
                    .isEqualTo(
                            Outcome.of(
                                    acting,
                                    new Action.Quarantine(
                                            POD.ref(), Reason.ACCELERATOR_FALLBACK, NOW)));
        }
    }

    @Nested
    class Recovers {
        private final Treatment restarted =
                POD.treated(Step.SELF_RESTART, Stage.RECOVERING, MINUTE);

        @Test
        void byReturningToServiceOnceItServes() {
            // then
            assertThat(after(restarted, OUT.serving()))
                    .isEqualTo(Outcome.of(restarted, new Action.ReturnToService(POD.ref())));
            assertThat(after(restarted, POD.serving()))
                    .isEqualTo(Outcome.of(entering(restarted, Stage.SUCCEEDED)));
        }

        @Test
        void withinItsTime() {
            // given
            var fiveMinutes = MINUTE.multipliedBy(5);
            var over = POD.treated(Step.SELF_RESTART, Stage.RECOVERING, fiveMinutes);

            // then
            assertThat(after(restarted, OUT.is(new Starting()))).isEqualTo(Outcome.of(restarted));
            assertThat(stages(after(over, OUT.is(new Starting()))))
                    .containsExactly(Stage.FAILED, Stage.DRAINING);
        }

        @Test
        void notFromARelapse() {
            // when
            var outcome = after(restarted, OUT.faulty(Reason.INFERENCE_STALLED));

            // then: a stalled pod is not waited for
            assertThat(stages(outcome)).containsExactly(Stage.FAILED, Stage.ACTING);
            assertThat(outcome.treatments().getLast().step()).isEqualTo(Step.REPLACE);
            assertThat(outcome.treatments().getLast().reason()).isEqualTo(Reason.INFERENCE_STALLED);
        }

        @Test
        void notAtTheTopOfTheLadder() {
            // given
            var policy = Policy.with(List.of(new Rung(Step.SELF_RESTART, MINUTE.multipliedBy(5))));

            // then
            assertThat(after(restarted, SICK, policy))
                    .isEqualTo(Outcome.of(entering(restarted, Stage.FAILED)));
        }

        @Test
        void asAnotherPodOnceTheFleetIsWhole() {
            // given
            var replaced = POD.treated(Step.REPLACE, Stage.RECOVERING, MINUTE);
            var whole = List.of(SUCCESSOR.serving(), Patient.named("c").serving());

            // then
            assertThat(after(Patient.fleet(2, replaced), replaced, whole))
                    .isEqualTo(Outcome.of(entering(replaced, Stage.SUCCEEDED)));
            assertThat(after(Patient.fleet(3, replaced), replaced, whole))
                    .isEqualTo(Outcome.of(replaced));
        }

        @Test
        void withoutPodsThatAreUnderTreatmentToo() {
            // given
            var replaced = POD.treated(Step.REPLACE, Stage.RECOVERING, MINUTE);
            var other = Patient.named("d").treated(Step.REPLACE, Stage.ACTING, MINUTE);

            // then
            assertThat(
                            after(
                                    Patient.fleet(2, replaced, other),
                                    replaced,
                                    List.of(SUCCESSOR.serving())))
                    .isEqualTo(Outcome.of(entering(replaced, Stage.SUCCEEDED)));
        }

        @Test
        void notWhereItsSuccessorIsSick() {
            // given
            var replaced = POD.treated(Step.REPLACE, Stage.RECOVERING, MINUTE);
            var sick = SUCCESSOR.outOfService().faulty(Reason.DEVICE_UNHEALTHY);

            // when
            var outcome = after(replaced, sick);

            // then
            assertThat(outcome.treatments())
                    .containsExactly(
                            entering(replaced, Stage.FAILED),
                            Treatment.begin(
                                    SUCCESSOR.ref(),
                                    RUN,
                                    Step.AVOID_NODE,
                                    Reason.DEVICE_UNHEALTHY,
                                    NOW));
        }

        @Test
        void whateverPodsThatWereThereBeforeAreSick() {
            // given
            var replaced = POD.treated(Step.REPLACE, Stage.RECOVERING, MINUTE);
            var older = SUCCESSOR.startedAt(NOW.minus(MINUTE));

            // then
            assertThat(after(replaced, older.faulty(Reason.DEVICE_UNHEALTHY)))
                    .isEqualTo(Outcome.of(replaced));
        }

        @Test
        void whateverTreatmentOfItsOwnAYoungPodHas() {
            // given
            var replaced = POD.treated(Step.REPLACE, Stage.RECOVERING, MINUTE);
            var own = SUCCESSOR.treated(Step.SELF_RESTART, Stage.ACTING, MINUTE);
            var sick = List.of(SUCCESSOR.faulty(Reason.DEVICE_UNHEALTHY));

            // then
            assertThat(after(Patient.fleet(2, replaced, own), replaced, sick))
                    .isEqualTo(Outcome.of(replaced));
        }

        @Test
        void asAnotherPodWithinItsTime() {
            // given
            var over = POD.treated(Step.REPLACE, Stage.RECOVERING, MINUTE.multipliedBy(15));

            // then
            assertThat(after(over, SUCCESSOR.is(new Starting())))
                    .isEqualTo(Outcome.of(entering(over, Stage.FAILED)));
        }

        @Test
        void atOnceInQuarantine() {
            // given
            var kept = POD.treated(Step.QUARANTINE, Stage.RECOVERING, MINUTE);

            // then
            assertThat(stages(after(kept, SICK))).containsExactly(Stage.SUCCEEDED);
        }
    }

    @Nested
    class LosesThePod {
        @ParameterizedTest
        @EnumSource(names = {"DRAINING", "ACTING"})
        void whichIsWhatReplacingItMeans(Stage stage) {
            // given
            var replaced = POD.treated(Step.REPLACE, stage, MINUTE);

            // then: one on its way out is gone
            assertThat(after(replaced, OUT.gone().is(new Draining())))
                    .isEqualTo(Outcome.of(entering(replaced, Stage.RECOVERING)));
        }

        @ParameterizedTest
        @EnumSource(names = {"DRAINING", "ACTING"})
        void thatWasToRestart(Stage stage) {
            // given
            var restarting = POD.treated(Step.SELF_RESTART, stage, MINUTE);

            // then
            assertThat(stages(after(restarting, SUCCESSOR.serving())))
                    .containsExactly(Stage.ABANDONED);
        }

        @Test
        void thatHasRestarted() {
            // given
            var restarted = POD.treated(Step.SELF_RESTART, Stage.RECOVERING, MINUTE);

            // then
            assertThat(stages(after(restarted, SUCCESSOR.serving())))
                    .containsExactly(Stage.ABANDONED);
        }

        @Test
        void toQuarantine() {
            // given
            var kept = POD.treated(Step.QUARANTINE, Stage.ACTING, MINUTE);

            // then
            assertThat(stages(after(quarantining(POD, kept), kept, List.of())))
                    .containsExactly(Stage.SUCCEEDED);
            assertThat(stages(after(quarantining(SUCCESSOR, kept), kept, List.of())))
                    .containsExactly(Stage.ABANDONED);
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {"SUCCEEDED", "FAILED", "ABANDONED"})
    void leavesWhatIsOverAsItIs(Stage stage) {
        // given
        var over = POD.treated(Step.REPLACE, stage, MINUTE);

        // then
        assertThat(after(over, SICK)).isEqualTo(Outcome.of(over));
    }

    private static Treatment treatment(String instance, Step step, Reason reason, Duration ago) {
        var since = NOW.minus(ago);
        return new Treatment(POD.ref(), instance, step, reason, Stage.DRAINING, since, since);
    }

    private static Treatment entering(Treatment treatment, Stage stage) {
        return new Treatment(
                treatment.pod(),
                treatment.instance(),
                treatment.step(),
                treatment.reason(),
                stage,
                treatment.since(),
                NOW);
    }

    private static List<Stage> stages(Outcome outcome) {
        return outcome.treatments().stream().map(Treatment::stage).toList();
    }

    /// In a fleet of two that has this pod alone.
    private static Outcome after(Treatment treatment, PodVerdict verdict) {
        return after(treatment, verdict, Policy.DEFAULT);
    }

    private static Outcome after(
            Treatment treatment, PodVerdict verdict, RemediationPolicy policy) {
        return after(Patient.fleet(2, treatment), treatment, List.of(verdict), policy);
    }

    private static Outcome after(FleetSnapshot fleet, Treatment treatment, PodVerdict verdict) {
        return after(fleet, treatment, List.of(verdict));
    }

    private static Outcome after(
            FleetSnapshot fleet, Treatment treatment, List<PodVerdict> verdicts) {
        return after(fleet, treatment, verdicts, Policy.DEFAULT);
    }

    private static Outcome after(
            FleetSnapshot fleet,
            Treatment treatment,
            List<PodVerdict> verdicts,
            RemediationPolicy policy) {
        var ladder = new LadderPolicy(policy, fleet.ledger(), NOW);
        return new Course(fleet, verdicts, policy, ladder).of(treatment);
    }

    private static FleetSnapshot refusing(Instant until, Treatment treatment) {
        return fleet(treatment, List.of(), List.of(), Map.of("a-uid", until));
    }

    private static FleetSnapshot avoiding(String node, Treatment treatment) {
        var avoided = new AvoidedNode(Samples.ref("avoid", node), NOW.plus(MINUTE));
        return fleet(treatment, List.of(), List.of(avoided), Map.of());
    }

    private static FleetSnapshot quarantining(Patient pod, Treatment treatment) {
        var kept = new QuarantinedPod(pod.ref(), NOW, "InferenceStalled", true, false);
        return fleet(treatment, List.of(kept), List.of(), Map.of());
    }

    private static FleetSnapshot fleet(
            Treatment treatment,
            List<QuarantinedPod> quarantined,
            List<AvoidedNode> avoided,
            Map<String, Instant> refusals) {
        return Patient.fleet(
                2,
                Update.PLAIN,
                new Proceedings(
                        new Ledger(Optional.empty(), List.of(treatment)),
                        quarantined,
                        avoided,
                        refusals,
                        Optional.empty()));
    }
}

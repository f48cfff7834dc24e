package dev.facefusion.operator.decide.remediation;

import static dev.facefusion.operator.decide.remediation.Patient.MINUTE;
import static dev.facefusion.operator.decide.remediation.Patient.NOW;
import static dev.facefusion.operator.decide.remediation.Patient.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.facefusion.operator.decide.Reason;
import dev.facefusion.operator.decide.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The default ladder: restart, replace, avoid the node, quarantine; three actions a day.
class LadderPolicyTest {
    private static final Patient POD = Patient.named("a");
    private static final Patient NEIGHBOUR = Patient.named("b");
    private static final Patient ELSEWHERE = Patient.named("c").on("node-2");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void beginsAtTheFirstRung() {
        // then
        assertThat(first(POD)).isEqualTo(Step.SELF_RESTART);
    }

    @Test
    void skipsARestartThatNobodyWouldObey() {
        // when
        var step = ladder().first(POD.ref(), "", Reason.ACCELERATOR_FALLBACK);

        // then
        assertThat(step).isEqualTo(Step.REPLACE);
    }

    @Test
    void changesABrokenDevice() {
        // when
        var step = ladder().first(POD.ref(), RUN, Reason.DEVICE_UNHEALTHY);

        // then
        assertThat(step).isEqualTo(Step.REPLACE);
    }

    @Test
    void endsAtTheLastRungWhereNoneApplies() {
        // given
        var ladder = ladder(of(Step.SELF_RESTART));

        // then
        assertThat(ladder.first(POD.ref(), "", Reason.ACCELERATOR_FALLBACK))
                .isEqualTo(Step.SELF_RESTART);
        assertThat(ladder.first(POD.ref(), RUN, Reason.DEVICE_UNHEALTHY))
                .isEqualTo(Step.SELF_RESTART);
    }

    @Test
    void climbsWhereTheLastStepDidNotLast() {
        // then
        assertThat(first(POD, POD.treated(Step.SELF_RESTART, Stage.SUCCEEDED, MINUTE)))
                .isEqualTo(Step.REPLACE);
        assertThat(first(POD, POD.treated(Step.REPLACE, Stage.SUCCEEDED, MINUTE)))
                .isEqualTo(Step.AVOID_NODE);
    }

    @Test
    void beginsAnewAfterAnHour() {
        // given
        var within = POD.treated(Step.SELF_RESTART, Stage.SUCCEEDED, HOUR.minusMillis(1));
        var before = POD.treated(Step.SELF_RESTART, Stage.SUCCEEDED, HOUR);

        // then
        assertThat(first(POD, within)).isEqualTo(Step.REPLACE);
        assertThat(first(POD, before)).isEqualTo(Step.SELF_RESTART);
    }

    @Test
    void remembersWhatWasReplacedOnTheNode() {
        // then
        assertThat(first(POD, NEIGHBOUR.treated(Step.REPLACE, Stage.SUCCEEDED, MINUTE)))
                .isEqualTo(Step.AVOID_NODE);
        assertThat(first(POD, NEIGHBOUR.treated(Step.SELF_RESTART, Stage.SUCCEEDED, MINUTE)))
                .isEqualTo(Step.SELF_RESTART);
        assertThat(first(POD, ELSEWHERE.treated(Step.REPLACE, Stage.SUCCEEDED, MINUTE)))
                .isEqualTo(Step.SELF_RESTART);
    }

    @Test
    void takesPodsWithoutANodeForStrangers() {
        // given
        var pod = POD.on("");

        // then
        assertThat(first(pod, NEIGHBOUR.on("").treated(Step.REPLACE, Stage.FAILED, MINUTE)))
                .isEqualTo(Step.SELF_RESTART);
    }

    @Test
    void beginsAtTheFirstRungAgainFromTheTop() {
        // given
        var ladder =
                ladder(
                        of(Step.SELF_RESTART, Step.REPLACE),
                        POD.treated(Step.REPLACE, Stage.SUCCEEDED, MINUTE));

        // then
        assertThat(ladder.first(POD.ref(), RUN, Reason.ACCELERATOR_FALLBACK))
                .isEqualTo(Step.SELF_RESTART);
        assertThat(ladder.above(Step.REPLACE, POD.ref(), RUN)).isEmpty();
    }

    @Test
    void quarantinesARepeatOffender() {
        // given
        var offences = offences(POD, Step.SELF_RESTART, 3);

        // then
        assertThat(first(POD, offences)).isEqualTo(Step.QUARANTINE);
        assertThat(ladder(offences).above(Step.SELF_RESTART, POD.ref(), RUN))
                .contains(Step.QUARANTINE);
        assertThat(ladder(offences).above(Step.QUARANTINE, POD.ref(), RUN)).isEmpty();
        assertThat(first(POD, offences(POD, Step.SELF_RESTART, 2))).isNotEqualTo(Step.QUARANTINE);
    }

    @Test
    void quarantinesTheSuccessorOfPodsThatWereReplacedTooOften() {
        // then
        assertThat(first(POD, offences(NEIGHBOUR, Step.REPLACE, 3))).isEqualTo(Step.QUARANTINE);
        assertThat(first(POD, offences(ELSEWHERE, Step.REPLACE, 3))).isEqualTo(Step.SELF_RESTART);
    }

    @Test
    void forgivesAfterADay() {
        // given
        var longAgo = POD.treated(Step.SELF_RESTART, Stage.SUCCEEDED, DAY);

        // then
        assertThat(first(POD, longAgo, longAgo, longAgo)).isEqualTo(Step.SELF_RESTART);
    }

    @Test
    void restartsNoPodTwiceWithinTenMinutes() {
        // given
        var policy = of(Step.REPLACE, Step.SELF_RESTART, Step.AVOID_NODE);
        var tenMinutes = MINUTE.multipliedBy(10);
        var restarted = POD.treated(Step.SELF_RESTART, Stage.FAILED, tenMinutes.minusMillis(1));
        var earlier = POD.treated(Step.SELF_RESTART, Stage.FAILED, tenMinutes);
        var another = ELSEWHERE.treated(Step.SELF_RESTART, Stage.FAILED, MINUTE);
        var replaced = POD.treated(Step.REPLACE, Stage.FAILED, MINUTE);

        // then
        assertThat(above(policy, Step.REPLACE, restarted)).contains(Step.AVOID_NODE);
        assertThat(above(policy, Step.REPLACE, earlier)).contains(Step.SELF_RESTART);
        assertThat(above(policy, Step.REPLACE, another)).contains(Step.SELF_RESTART);
        assertThat(above(policy, Step.REPLACE, replaced)).contains(Step.SELF_RESTART);
    }

    @Test
    void climbsNoFurtherFromAStepThatIsNotOnTheLadder() {
        // then
        assertThat(above(of(Step.SELF_RESTART, Step.REPLACE), Step.QUARANTINE)).isEmpty();
    }

    @Test
    void givesEveryStepItsOwnTimeAndOthersTheLast() {
        // given
        var policy = of(Step.SELF_RESTART, Step.REPLACE);

        // then
        assertThat(policy.timeout(Step.SELF_RESTART)).isEqualTo(MINUTE);
        assertThat(policy.timeout(Step.REPLACE)).isEqualTo(MINUTE.multipliedBy(2));
        assertThat(policy.timeout(Step.QUARANTINE)).isEqualTo(MINUTE.multipliedBy(2));
    }

    @Test
    void needsARung() {
        // then
        assertThatIllegalArgumentException()
                .isThrownBy(LadderPolicyTest::of)
                .withMessageContaining("remediation.ladder");
    }

    private static Step first(Patient pod, Treatment... before) {
        return ladder(before).first(pod.ref(), RUN, Reason.ACCELERATOR_FALLBACK);
    }

    private static Optional<Step> above(RemediationPolicy policy, Step step, Treatment... before) {
        return ladder(policy, before).above(step, POD.ref(), RUN);
    }

    private static Treatment[] offences(Patient pod, Step step, int times) {
        return Stream.generate(() -> pod.treated(step, Stage.SUCCEEDED, DAY.minusMillis(1)))
                .limit(times)
                .toArray(Treatment[]::new);
    }

    private static LadderPolicy ladder(Treatment... before) {
        return ladder(Samples.REMEDIATION, before);
    }

    private static LadderPolicy ladder(RemediationPolicy policy, Treatment... before) {
        return new LadderPolicy(policy, new Ledger(Optional.empty(), List.of(before)), NOW);
    }

    /// The first rung takes a minute, the second two, and so on.
    private static RemediationPolicy of(Step... steps) {
        var rungs =
                Stream.iterate(0, i -> i < steps.length, i -> i + 1)
                        .map(i -> new Rung(steps[i], MINUTE.multipliedBy(i + 1)))
                        .toList();
        return Policy.with(rungs);
    }
}

package dev.facefusion.operator.decide.scaling;

import static dev.facefusion.operator.decide.scaling.Loads.DOWN;
import static dev.facefusion.operator.decide.scaling.Loads.POLICY;
import static dev.facefusion.operator.decide.scaling.Loads.UP;
import static dev.facefusion.operator.decide.scaling.Loads.and;
import static dev.facefusion.operator.decide.scaling.Loads.busy;
import static dev.facefusion.operator.decide.scaling.Loads.fresh;
import static dev.facefusion.operator.decide.scaling.Loads.idle;
import static dev.facefusion.operator.decide.scaling.Loads.missing;
import static dev.facefusion.operator.decide.scaling.Loads.pods;
import static dev.facefusion.operator.decide.scaling.Loads.policy;
import static dev.facefusion.operator.decide.scaling.Loads.unpriced;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facefusion.operator.decide.scaling.PodLoad.Known;
import dev.facefusion.operator.decide.scaling.ScalingPolicy.Rate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/// One look at a load, and what follows from it. Targets: 5 s of wait, and 17 tasks a pod.
class ScalingPolicyTest {
    /// @param replicas wanted before
    record Case(
            String name,
            int replicas,
            int outOfService,
            List<PodLoad> pods,
            int desired,
            ScalingReason reason,
            Optional<ScalingLimit> limitedBy) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Case> CASES =
            List.of(
                    up("12 s of work on two pods need three", 2, pods(2, busy(5)), 3),
                    up(
                            "what is asked for and still starts counts: 18 s need four",
                            3,
                            pods(2, busy(8)),
                            4),
                    up(
                            "a queue that pods were asked for asks for no more",
                            4,
                            pods(2, busy(9)),
                            4,
                            ScalingReason.WITHIN_TOLERANCE),
                    up(
                            "one pod does not tell: what the others have is known",
                            2,
                            and(pods(busy(14)), missing()),
                            3),
                    of(
                            "a little over the target is let pass: 5.25 s",
                            4,
                            and(pods(3, busy(4)), busy(5)),
                            4,
                            ScalingReason.WITHIN_TOLERANCE),
                    of(
                            "no more than the rate at once: 50 s need ten",
                            2,
                            pods(2, busy(24)),
                            6,
                            ScalingReason.QUEUE_WAIT,
                            ScalingLimit.SCALE_UP_RATE),
                    of(
                            "no more than the bounds: 50 s need ten",
                            5,
                            pods(5, busy(9)),
                            8,
                            ScalingReason.QUEUE_WAIT,
                            ScalingLimit.MAX_REPLICAS),
                    of(
                            "less need than pods waits for its window",
                            3,
                            pods(3, idle()),
                            3,
                            ScalingReason.STABILIZING,
                            ScalingLimit.STABILIZATION_WINDOW),
                    of(
                            "a silent pod keeps all",
                            3,
                            and(pods(2, idle()), missing()),
                            3,
                            ScalingReason.MISSING_DATA,
                            ScalingLimit.STALE_DATA),
                    of(
                            "silent pods alone say nothing",
                            3,
                            pods(3, missing()),
                            3,
                            ScalingReason.MISSING_DATA,
                            ScalingLimit.STALE_DATA),
                    of(
                            "no pod in service says nothing",
                            3,
                            pods(),
                            3,
                            ScalingReason.MISSING_DATA,
                            ScalingLimit.STALE_DATA),
                    of(
                            "tasks without a time: one more",
                            2,
                            pods(2, unpriced(1, 9)),
                            3,
                            ScalingReason.UNKNOWN_LATENCY),
                    of(
                            "tasks without a time, and one more is coming",
                            3,
                            pods(2, unpriced(1, 9)),
                            3,
                            ScalingReason.UNKNOWN_LATENCY,
                            ScalingLimit.SCALE_UP_RATE),
                    of(
                            "tasks without a time that do not wait",
                            2,
                            pods(2, unpriced(1, 0)),
                            2,
                            ScalingReason.UNKNOWN_LATENCY),
                    up(
                            "a pod without a time is as fast as the others: 20 s need four",
                            2,
                            pods(busy(9), unpriced(1, 9)),
                            4),
                    of(
                            "a pod that is being treated is missing: 6 s on one need two",
                            2,
                            1,
                            pods(busy(5)),
                            3,
                            ScalingReason.QUEUE_WAIT,
                            Optional.empty()),
                    of(
                            "a surge pod that is drained is not missing",
                            1,
                            1,
                            pods(busy(4)),
                            1,
                            ScalingReason.WITHIN_TOLERANCE,
                            Optional.empty()),
                    of(
                            "fast tasks: queues that fill up count: 46 of 17 a pod",
                            2,
                            pods(2, fast(22)),
                            3,
                            ScalingReason.QUEUE_FILLING),
                    of(
                            "fast tasks in short queues",
                            1,
                            pods(fast(15)),
                            1,
                            ScalingReason.WITHIN_TOLERANCE),
                    of(
                            "fewer than the bounds allow",
                            0,
                            pods(),
                            1,
                            ScalingReason.BOUNDS,
                            ScalingLimit.MIN_REPLICAS),
                    of(
                            "more than the bounds allow, even with stale data",
                            12,
                            pods(12, missing()),
                            8,
                            ScalingReason.BOUNDS,
                            ScalingLimit.MAX_REPLICAS),
                    of(
                            "as many as the bounds allow is not too many",
                            8,
                            pods(8, idle()),
                            8,
                            ScalingReason.STABILIZING,
                            ScalingLimit.STABILIZATION_WINDOW),
                    of(
                            "a pod does not tell, and the others need no other number: 10 s",
                            2,
                            and(pods(busy(9)), missing()),
                            2,
                            ScalingReason.WITHIN_TOLERANCE),
                    of(
                            "just within the tolerance: 27.5 s need five and a half",
                            5,
                            and(pods(4, busy(5)), new Known(1, 6, OptionalInt.of(500))),
                            5,
                            ScalingReason.WITHIN_TOLERANCE),
                    of("at rest", 1, pods(idle()), 1, ScalingReason.WITHIN_TOLERANCE));

    @ParameterizedTest
    @FieldSource("CASES")
    void decides(Case sample) {
        // given
        var input =
                new ScalingInput(
                        Loads.NOW,
                        sample.replicas(),
                        sample.outOfService(),
                        sample.pods(),
                        fresh(sample.replicas()));

        // when
        var result = POLICY.scale(input);

        // then
        assertThat(result.desired()).isEqualTo(sample.desired());
        assertThat(result.reason()).isEqualTo(sample.reason());
        assertThat(result.limitedBy()).isEqualTo(sample.limitedBy());
    }

    private static Case up(String name, int replicas, List<PodLoad> pods, int desired) {
        return up(name, replicas, pods, desired, ScalingReason.QUEUE_WAIT);
    }

    private static Case up(
            String name, int replicas, List<PodLoad> pods, int desired, ScalingReason reason) {
        return of(name, replicas, 0, pods, desired, reason, Optional.empty());
    }

    private static Case of(
            String name, int replicas, List<PodLoad> pods, int desired, ScalingReason reason) {
        return of(name, replicas, 0, pods, desired, reason, Optional.empty());
    }

    private static Case of(
            String name,
            int replicas,
            List<PodLoad> pods,
            int desired,
            ScalingReason reason,
            ScalingLimit limit) {
        return of(name, replicas, 0, pods, desired, reason, Optional.of(limit));
    }

    private static Case of(
            String name,
            int replicas,
            int outOfService,
            List<PodLoad> pods,
            int desired,
            ScalingReason reason,
            Optional<ScalingLimit> limit) {
        return new Case(name, replicas, outOfService, pods, desired, reason, limit);
    }

    private static PodLoad fast(int queued) {
        return new Known(1, queued, OptionalInt.of(20));
    }

    @Test
    void tellsTheWaitOfATaskThatComesNow() {
        // given
        var input = new ScalingInput(Loads.NOW, 2, 0, pods(busy(5), busy(2)), fresh(2));

        // when
        var result = POLICY.scale(input);

        // then
        assertThat(result.expectedWait()).contains(Duration.ofMillis(4500));
    }

    @Test
    void looksAgainAfterTheIntervalWhereALimitHoldsForLonger() {
        // given: a window of five minutes
        var input = new ScalingInput(Loads.NOW, 3, 0, pods(3, idle()), fresh(3));

        // when
        var result = POLICY.scale(input);

        // then
        assertThat(result.limitedBy()).contains(ScalingLimit.STABILIZATION_WINDOW);
        assertThat(result.lookAgainAfter()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void takesAFleetWithoutPodsInServiceForNoQuietOne() {
        // given
        var input = new ScalingInput(Loads.NOW, 3, 0, pods(), fresh(3));

        // when
        var result = POLICY.scale(input);

        // then
        assertThat(result.memory().inFlight()).isEmpty();
    }

    @Test
    void removesOnePodAPeriodOnceTheWindowHasPassed() {
        // given
        var lead = Lead.of(POLICY, 4);

        // when
        lead.through(Duration.ofMinutes(5), pods(4, idle()));

        // then
        assertThat(lead.replicas()).isEqualTo(4);
        assertThat(lead.decide(pods(4, idle())).desired()).isEqualTo(3);
        assertThat(lead.after(Duration.ofSeconds(59)).decide(pods(3, idle())))
                .satisfies(result -> {
                    assertThat(result.desired()).isEqualTo(3);
                    assertThat(result.limitedBy()).contains(ScalingLimit.SCALE_DOWN_RATE);
                    assertThat(result.lookAgainAfter()).isEqualTo(Duration.ofSeconds(1));
                });
        assertThat(lead.after(Duration.ofSeconds(1)).decide(pods(3, idle())).desired())
                .isEqualTo(2);
    }

    @Test
    void remembersAWindowLongThatMoreWasNeeded() {
        // given
        var lead = Lead.of(POLICY, 3).through(Duration.ofSeconds(290), pods(3, idle()));

        // when
        lead.through(Duration.ofSeconds(10), pods(3, busy(4)));

        // then
        lead.through(Duration.ofMinutes(5), pods(3, idle()));
        assertThat(lead.replicas()).isEqualTo(3);
        assertThat(lead.decide(pods(3, idle())).desired()).isEqualTo(2);
    }

    @Test
    void doesNotRemoveThePodsThatKeepTheQueuesShort() {
        // given
        var lead = Lead.of(POLICY, 5);

        // when
        lead.through(Duration.ofHours(1), pods(5, busy(0)));

        // then
        assertThat(lead.replicas()).isEqualTo(5);
    }

    @Test
    void waitsForAWindowWithAllDataBeforeItRemovesAny() {
        // given
        var lead = Lead.of(POLICY, 3);
        lead.through(Duration.ofHours(1), and(pods(2, idle()), missing()));

        // when
        lead.through(Duration.ofMinutes(5), pods(3, idle()));

        // then
        assertThat(lead.replicas()).isEqualTo(3);
        assertThat(lead.decide(pods(3, idle())).desired()).isEqualTo(2);
    }

    @Test
    void addsTheRestWhenTheRateAllowsIt() {
        // given
        var lead = Lead.of(POLICY, 2);
        var load = pods(2, busy(19));
        lead.decide(load);
        assertThat(lead.replicas()).isEqualTo(6);

        // when
        var early = lead.after(Duration.ofSeconds(55)).decide(load);
        var later = lead.after(early.lookAgainAfter()).decide(load);

        // then
        assertThat(early.desired()).isEqualTo(6);
        assertThat(early.lookAgainAfter()).isEqualTo(Duration.ofSeconds(5));
        assertThat(later.desired()).isEqualTo(8);
        assertThat(later.limitedBy()).isEmpty();
    }

    @Test
    void countsNothingThatWasNotCarriedOut() {
        // given
        var lead = Lead.of(POLICY, 2);
        lead.decide(pods(2, busy(24)));

        // when
        var again = lead.stayingAt(2).after(Duration.ofSeconds(10)).decide(pods(2, busy(24)));

        // then
        assertThat(again.desired()).isEqualTo(6);
    }

    @Test
    void addsAPodAPeriodWhileNoTaskHasATime() {
        // given
        var lead = Lead.of(POLICY, 1);
        var stuck = unpriced(1, 9);

        // when
        var first = lead.decide(pods(stuck));
        var soon = lead.after(Duration.ofSeconds(59)).decide(pods(2, stuck));
        var later = lead.after(Duration.ofSeconds(1)).decide(pods(2, stuck));

        // then
        assertThat(List.of(first.desired(), soon.desired(), later.desired()))
                .containsExactly(2, 2, 3);
    }

    @Test
    void addsOnlyWhatWasNeededForTheWholeWindow() {
        // given
        var patient = new Rate(Duration.ofSeconds(60), 4, Duration.ofSeconds(60));
        var lead = Lead.of(policy(1, 8, patient, DOWN), 2);

        // when
        lead.through(Duration.ofSeconds(30), pods(2, busy(14)));
        lead.through(Duration.ofSeconds(30), pods(2, busy(9)));

        // then
        assertThat(lead.replicas()).isEqualTo(2);
        assertThat(lead.decide(pods(2, busy(14))).desired()).isEqualTo(4);
    }

    @Test
    void aNewLeaderRemovesNothingBeforeAWindowOfItsOwn() {
        // given
        var old = Lead.of(POLICY, 4).through(Duration.ofMinutes(5), pods(4, idle()));
        assertThat(old.decide(pods(4, idle())).desired()).isEqualTo(3);

        // when
        var next = new Lead(POLICY, old.now(), old.replicas(), Optional.of(old.now()));

        // then
        next.through(Duration.ofMinutes(5), pods(3, idle()));
        assertThat(next.replicas()).isEqualTo(3);
        assertThat(next.decide(pods(3, idle())).desired()).isEqualTo(2);
    }

    @Test
    void aNewLeaderAddsNothingBeforeTheLastChangeIsAPeriodAgo() {
        // given
        var scaled = Loads.NOW.minusSeconds(20);
        var next = new Lead(POLICY, Loads.NOW, 2, Optional.of(scaled));
        var load = pods(2, busy(14));

        // when
        var early = next.decide(load);
        var later = next.after(Duration.ofSeconds(40)).decide(load);

        // then
        assertThat(early.desired()).isEqualTo(2);
        assertThat(early.limitedBy()).contains(ScalingLimit.SCALE_UP_RATE);
        assertThat(later.desired()).isEqualTo(6);
    }

    @Test
    void aNewLeaderIsNotHeldUpByAnotherMachinesClock() {
        // given
        var ahead = Loads.NOW.plusSeconds(3600);
        var next = new Lead(POLICY, Loads.NOW, 2, Optional.of(ahead));

        // when
        var later = next.after(Duration.ofSeconds(60)).decide(pods(2, busy(14)));

        // then
        assertThat(later.desired()).isEqualTo(6);
    }

    @Test
    void aPauseOfTheOperatorIsNoWindowOfCalm() {
        // given
        var lead = Lead.of(POLICY, 3).through(Duration.ofSeconds(60), pods(3, busy(4)));

        // when
        var woken = lead.after(Duration.ofHours(1)).decide(pods(3, idle()));

        // then
        assertThat(woken.desired()).isEqualTo(3);
        assertThat(woken.limitedBy()).contains(ScalingLimit.STABILIZATION_WINDOW);
    }

    @Test
    void refusesBoundsThatCross() {
        assertThatThrownBy(() -> policy(3, 2, UP, DOWN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxReplicas must not be less than minReplicas, got 2 and 3");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 5, 10, 1, 32, 10, minReplicas must be at least 1",
        "1, 0, 10, 1, 32, 10, queueWaitTarget must be positive",
        "1, 5, -1, 1, 32, 10, tolerancePercent must not be negative",
        "1, 5, 10, 0, 32, 10, concurrency must be at least 1",
        "1, 5, 10, 1, 0, 10, queueCapacity must be at least 1",
        "1, 5, 10, 1, 32, 0, interval must be positive"
    })
    void refusesFiguresThatMeanNothing(
            int min,
            int target,
            int tolerance,
            int concurrency,
            int capacity,
            int interval,
            String message) {
        assertThatThrownBy(() -> figures(min, target, tolerance, concurrency, capacity, interval))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void takesTheSmallestFiguresThatMeanSomething() {
        // when
        var policy = figures(1, 1, 0, 1, 1, 1);

        // then
        assertThat(policy.maxReplicas()).isOne();
    }

    @Test
    void refusesRatesThatMeanNothing() {
        var minute = Duration.ofMinutes(1);
        assertThatThrownBy(() -> new Rate(Duration.ZERO, 0, minute))
                .hasMessage("maxReplicas must be at least 1, got 0");
        assertThatThrownBy(() -> new Rate(Duration.ZERO, 1, Duration.ZERO))
                .hasMessage("period must be positive, got PT0S");
        assertThatThrownBy(() -> new Rate(minute.negated(), 1, minute))
                .hasMessage("stabilizationWindow must not be negative, got PT-1M");
    }

    @Test
    void remembersChangesForTheLongerOfTheTwoPeriods() {
        // given
        var minute = new Rate(Duration.ZERO, 1, Duration.ofMinutes(1));
        var hour = new Rate(Duration.ZERO, 1, Duration.ofHours(1));

        // then
        assertThat(policy(1, 8, minute, hour).longestPeriod()).isEqualTo(Duration.ofHours(1));
        assertThat(policy(1, 8, hour, minute).longestPeriod()).isEqualTo(Duration.ofHours(1));
    }

    private static ScalingPolicy figures(
            int min, int target, int tolerance, int concurrency, int capacity, int interval) {
        return new ScalingPolicy(
                min,
                1,
                Duration.ofSeconds(target),
                tolerance,
                UP,
                DOWN,
                concurrency,
                capacity,
                Duration.ofSeconds(interval));
    }
}

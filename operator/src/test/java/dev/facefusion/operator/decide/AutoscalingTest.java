package dev.facefusion.operator.decide;

import static dev.facefusion.operator.decide.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.operator.decide.Action.SetDeletionCost;
import dev.facefusion.operator.decide.Custody.Request;
import dev.facefusion.operator.decide.PodHealth.Serving;
import dev.facefusion.operator.decide.PodHealth.Starting;
import dev.facefusion.operator.decide.PodHealth.Unknown;
import dev.facefusion.operator.decide.PodHealth.Unseen;
import dev.facefusion.operator.decide.remediation.Ledger;
import dev.facefusion.operator.decide.scaling.ScalingLimit;
import dev.facefusion.operator.decide.scaling.ScalingMemory;
import dev.facefusion.operator.decide.scaling.ScalingPolicy;
import dev.facefusion.operator.decide.scaling.ScalingPolicy.Rate;
import dev.facefusion.operator.decide.scaling.ScalingReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A task takes 300 ms and may wait for 5 s.
class AutoscalingTest {
    private static final Rate AT_ONCE = new Rate(Duration.ZERO, 20, Duration.ofMinutes(1));
    private static final ScalingPolicy POLICY =
            new ScalingPolicy(
                    1,
                    20,
                    Duration.ofSeconds(5),
                    10,
                    AT_ONCE,
                    AT_ONCE,
                    1,
                    32,
                    Duration.ofSeconds(10));
    private static final Custody OUT = new Custody(false, Request.NONE, 0);
    private static final HealthTrack IDLE = track(Samples.queueing(0));
    private static final HealthTrack FULL = track(Samples.queueing(50));

    @Test
    void scalesByWhatThePodsInServiceTell() {
        // given: three pods with 50 tasks each, and others that do not count
        var verdicts =
                List.of(
                        serving("a", FULL),
                        serving("b", FULL),
                        serving("c", FULL),
                        verdict(pod("drained", OUT, true, false, FULL), new Serving()),
                        verdict(
                                pod("starts", Custody.IN_SERVICE, false, false, FULL),
                                new Starting()),
                        verdict(pod("leaves", Custody.IN_SERVICE, true, true, FULL), new Serving()),
                        verdict(pod("left", OUT, true, true, FULL), new Serving()));

        // when
        var scaling =
                Autoscaling.scale(fleet(5, Optional.empty()), verdicts, Optional.of(POLICY))
                        .orElseThrow();

        // then: 150 x 300 ms / 5 s, and one for the drained one
        assertThat(scaling.desired()).isEqualTo(10);
        assertThat(scaling.reason()).isEqualTo(ScalingReason.QUEUE_WAIT);
        assertThat(scaling.expectedWait()).contains(Duration.ofSeconds(15));
    }

    @Test
    void removesNothingWhileAPodDoesNotTellItsTasks() {
        // given
        var silent =
                List.of(
                        verdict(Samples.pod("b", IDLE), new Unknown()),
                        serving("b", telling(OptionalInt.empty(), OptionalInt.of(0))),
                        serving("b", telling(OptionalInt.of(0), OptionalInt.empty())));

        for (var verdict : silent) {
            // when
            var scaling =
                    Autoscaling.scale(
                                    fleet(2, Optional.empty()),
                                    List.of(serving("a", IDLE), verdict),
                                    Optional.of(POLICY))
                            .orElseThrow();

            // then
            assertThat(scaling.desired()).isEqualTo(2);
            assertThat(scaling.reason()).isEqualTo(ScalingReason.MISSING_DATA);
        }
    }

    @Test
    void remembersTheLastDecision() {
        // given
        var memory = ScalingMemory.begin(NOW, 1, Optional.of(NOW));

        // when
        var scaling =
                Autoscaling.scale(
                                fleet(1, Optional.of(memory)),
                                List.of(serving("a", FULL)),
                                Optional.of(POLICY))
                        .orElseThrow();

        // then
        assertThat(scaling.desired()).isOne();
        assertThat(scaling.limitedBy()).contains(ScalingLimit.SCALE_UP_RATE);
    }

    @Test
    void scalesNothingThatMayNotBeChanged() {
        // given
        var fleet = fleet(1, Optional.empty());
        var verdicts = List.of(serving("a", FULL));
        var policy = Optional.of(POLICY);

        // then
        assertThat(Autoscaling.scale(fleet, verdicts, Optional.empty())).isEmpty();
        assertThat(Autoscaling.scale(fleet(0, Optional.empty()), verdicts, policy)).isEmpty();
        assertThat(Autoscaling.scale(paused(fleet), verdicts, policy)).isEmpty();
        assertThat(Autoscaling.scale(fleet, verdicts, policy)).isPresent();
    }

    @Test
    void givesUpPodsInTheOrderOfTheirUse() {
        // given: six pods of which one shall stay
        var verdicts =
                List.of(
                        serving("busy", FULL),
                        serving("idle", IDLE),
                        serving("full", track(Samples.memory(90))),
                        verdict(
                                pod("starts", Custody.IN_SERVICE, false, false, IDLE),
                                new Starting()),
                        verdict(pod("drained", OUT, true, false, IDLE), new Serving()),
                        verdict(Samples.pod("sick", FULL), new Unknown()),
                        verdict(pod("gone", Custody.IN_SERVICE, true, true, IDLE), new Serving()));

        // when
        var actions = Autoscaling.giveUp(shrinking(6, 1), verdicts);

        // then
        assertThat(actions)
                .containsExactlyInAnyOrder(
                        cost("sick", -5),
                        cost("drained", -4),
                        cost("starts", -3),
                        cost("full", -2),
                        cost("idle", -1));
    }

    @Test
    void givesUpThePodWithTheFewestTasks() {
        // given: one with a task in flight and four that wait, one with four that wait
        var verdicts =
                List.of(
                        serving("a", track(Samples.busy(0))),
                        serving("b", track(Samples.queueing(4))),
                        serving("c", HealthTrack.begin(NOW)));

        // then
        assertThat(Autoscaling.giveUp(shrinking(3, 2), verdicts)).containsExactly(cost("b", -1));
    }

    @Test
    void takesACostBackThatNoLongerHolds() {
        // given
        var formerly = new Custody(true, Request.NONE, -1);
        var verdicts =
                List.of(
                        serving("a", IDLE),
                        verdict(pod("b", formerly, true, false, FULL), new Serving()));

        // then
        assertThat(Autoscaling.giveUp(shrinking(2, 1), verdicts))
                .containsExactly(cost("a", -1), cost("b", 0));
    }

    @Test
    void givesUpNoPodOfAFleetThatDoesNotShrink() {
        // given
        var verdicts = List.of(serving("a", IDLE), serving("b", IDLE));

        // then
        assertThat(Autoscaling.giveUp(shrinking(2, 2), verdicts)).isEmpty();
        assertThat(Autoscaling.giveUp(shrinking(1, 2), verdicts)).isEmpty();
    }

    @Test
    void doesNotShrinkBeforeEveryPodHasBeenAsked() {
        // given
        var unseen = verdict(Samples.pod("a", HealthTrack.begin(NOW)), new Unseen());
        var verdicts = List.of(unseen, serving("b", IDLE));

        // then
        assertThat(Autoscaling.awaitsWord(shrinking(2, 1), verdicts)).isTrue();
        assertThat(Autoscaling.awaitsWord(shrinking(2, 1), List.of(serving("b", IDLE)))).isFalse();
        // where none goes, or all do, there is nothing to choose
        assertThat(Autoscaling.awaitsWord(shrinking(2, 2), verdicts)).isFalse();
        assertThat(Autoscaling.awaitsWord(shrinking(2, 3), verdicts)).isFalse();
        assertThat(Autoscaling.awaitsWord(shrinking(2, 0), verdicts)).isFalse();
    }

    private static SetDeletionCost cost(String pod, int cost) {
        return new SetDeletionCost(Samples.ref(pod, "node-1"), cost);
    }

    private static HealthTrack track(HealthReport report) {
        return Samples.track(new Poll.Answered(report));
    }

    private static HealthTrack telling(OptionalInt inFlight, OptionalInt queued) {
        var report = Samples.report();
        return track(
                new HealthReport(
                        report.state(),
                        report.models(),
                        report.accelerator(),
                        new Tasks(inFlight, queued, OptionalLong.empty(), OptionalInt.empty()),
                        report.inferenceP50Milliseconds(),
                        report.inferenceP95Milliseconds(),
                        report.gpus(),
                        report.gpusAgeSeconds(),
                        report.instance(),
                        report.modelDigest()));
    }

    private static PodVerdict serving(String name, HealthTrack track) {
        return verdict(Samples.pod(name, track), new Serving());
    }

    private static PodVerdict verdict(PodSnapshot pod, PodHealth health) {
        return PodVerdict.of(pod, health);
    }

    private static PodSnapshot pod(
            String name, Custody custody, boolean ready, boolean leaving, HealthTrack track) {
        return new PodSnapshot(
                Samples.ref(name, "node-1"),
                custody,
                ready,
                leaving,
                Optional.empty(),
                NOW.minus(Duration.ofMinutes(1)),
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.of(track));
    }

    private static FleetSnapshot shrinking(int running, int desired) {
        return Samples.fleet(desired, Samples.deployment(running, running, running));
    }

    private static FleetSnapshot paused(FleetSnapshot fleet) {
        return new FleetSnapshot(
                fleet.now(),
                fleet.generation(),
                fleet.desiredReplicas(),
                fleet.reported(),
                fleet.outdated(),
                fleet.deployment(),
                fleet.pods(),
                new Update(true, false, false),
                fleet.proceedings());
    }

    private static FleetSnapshot fleet(int desired, Optional<ScalingMemory> memory) {
        return new FleetSnapshot(
                NOW,
                1,
                desired,
                Optional.of(Samples.reported(false)),
                Set.of(),
                Optional.of(Samples.deployment(desired, desired, desired)),
                List.of(),
                Update.PLAIN,
                new Proceedings(Ledger.EMPTY, List.of(), List.of(), Map.of(), memory));
    }
}

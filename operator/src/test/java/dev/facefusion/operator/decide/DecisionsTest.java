package dev.facefusion.operator.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.operator.decide.Action.Apply;
import dev.facefusion.operator.decide.HealthPolicy.GpuMemory;
import dev.facefusion.operator.decide.remediation.Ledger;
import dev.facefusion.operator.decide.remediation.Stage;
import dev.facefusion.operator.decide.remediation.Step;
import dev.facefusion.operator.decide.remediation.Treatment;
import dev.facefusion.operator.decide.scaling.ScalingPolicy;
import dev.facefusion.operator.decide.scaling.ScalingPolicy.Rate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What is done about a fleet, and when it is looked at again.
class DecisionsTest {
    private static final PodSnapshot WELL = Samples.pod("a", Samples.well());
    private static final PodSnapshot STARTING = Samples.pod("b", false, Optional.empty());
    private static final Update PAUSED = new Update(true, false, false);

    @Test
    void doesNothingAtRest() {
        // when
        var decision = Decisions.decide(Samples.atRest(), Samples.POLICIES);

        // then
        assertThat(decision.actions()).isEmpty();
        assertThat(decision.recheckAfter()).isEmpty();
    }

    @Test
    void appliesEveryPartThatIsNotAsAsked() {
        // given
        var fleet =
                Samples.fleet(
                        1,
                        Optional.of(Samples.reported(false)),
                        Set.of(Part.DISRUPTION_BUDGET, Part.DEPLOYMENT),
                        Samples.deployment(1, 1, 1),
                        WELL);

        // when
        var decision = Decisions.decide(fleet, Samples.POLICIES);

        // then
        assertThat(decision.actions())
                .containsExactly(new Apply(Part.DEPLOYMENT), new Apply(Part.DISRUPTION_BUDGET));
    }

    @Test
    void appliesTheRestWhileItDoesNotKnowWhichPodsShouldGo() {
        // given
        var fleet =
                Samples.fleet(
                        1,
                        Optional.of(Samples.reported(false)),
                        Set.of(Part.DISRUPTION_BUDGET, Part.DEPLOYMENT),
                        Samples.deployment(2, 2, 2),
                        WELL,
                        Samples.pod("b", HealthTrack.begin(Samples.NOW)));

        // when
        var decision = Decisions.decide(fleet, Samples.POLICIES);

        // then
        assertThat(decision.actions()).containsExactly(new Apply(Part.DISRUPTION_BUDGET));
    }

    @Test
    void saysWhichPodsGoBeforeTheDeploymentShrinks() {
        // given
        var fleet =
                Samples.fleet(
                        1,
                        Optional.of(Samples.reported(false)),
                        Set.of(Part.DEPLOYMENT),
                        Samples.deployment(2, 2, 2),
                        WELL,
                        Samples.pod("b", Samples.hanging()));

        // when
        var decision = Decisions.decide(fleet, Samples.POLICIES);

        // then
        assertThat(decision.actions())
                .containsExactly(
                        new Action.SetDeletionCost(Samples.ref("b", "node-1"), -1),
                        new Apply(Part.DEPLOYMENT));
    }

    @Test
    void appliesNothingWhilePaused() {
        // given
        var fleet =
                new FleetSnapshot(
                        Samples.NOW,
                        1,
                        1,
                        Optional.empty(),
                        Set.of(Part.values()),
                        Optional.empty(),
                        List.of(),
                        PAUSED,
                        Proceedings.NONE);

        // when
        var decision = Decisions.decide(fleet, Samples.POLICIES);

        // then
        assertThat(decision.actions()).isEmpty();
    }

    @Test
    void looksAgainWhenTheFirstDeadlineIsUp() {
        // given
        var fleet =
                fleet(
                        true,
                        Samples.deployment(2, 2, 0),
                        STARTING,
                        Samples.unschedulable("c", Duration.ofSeconds(10)));

        // when
        var decision = Decisions.decide(fleet, Samples.POLICIES);

        // then
        assertThat(decision.recheckAfter()).contains(Duration.ofSeconds(20));
    }

    @Test
    void namesWhatAPodIsTreatedFor() {
        // given: it starts again
        var treatment =
                new Treatment(
                        STARTING.ref(),
                        "instance-1",
                        Step.SELF_RESTART,
                        Reason.INFERENCE_STALLED,
                        Stage.RECOVERING,
                        Samples.NOW,
                        Samples.NOW);
        var fleet =
                new FleetSnapshot(
                        Samples.NOW,
                        1,
                        2,
                        Optional.of(Samples.reported(false)),
                        Set.of(),
                        Optional.of(Samples.deployment(2, 2, 1)),
                        List.of(WELL, STARTING),
                        Update.PLAIN,
                        new Proceedings(
                                new Ledger(Optional.empty(), List.of(treatment)),
                                List.of(),
                                List.of(),
                                Map.of(),
                                Optional.empty()));

        // when
        var decision = Decisions.decide(fleet, Samples.POLICIES);

        // then
        assertThat(decision.fault()).contains(Reason.INFERENCE_STALLED);
    }

    @Test
    void looksAgainWhenAPodHasBeenWithoutANodeForTooLong() {
        // given
        var before =
                fleet(
                        true,
                        Samples.deployment(2, 2, 1),
                        WELL,
                        Samples.unschedulable("b", Duration.ofMinutes(1)));
        var after =
                fleet(
                        true,
                        Samples.deployment(2, 2, 1),
                        WELL,
                        Samples.unschedulable("b", Duration.ofMinutes(6)));

        // then
        assertThat(Decisions.decide(before, Samples.POLICIES).recheckAfter())
                .contains(Duration.ofMinutes(4));
        assertThat(Decisions.decide(after, Samples.POLICIES).recheckAfter()).isEmpty();
    }

    @Test
    void knowsWhetherEveryPodHasBeenAsked() {
        // given
        var unseen = Samples.pod("b", HealthTrack.begin(Samples.NOW));
        var fleet = fleet(false, Samples.deployment(2, 2, 2), WELL, unseen);

        // then
        assertThat(Decisions.decide(fleet, Samples.POLICIES).seenAll()).isFalse();
        assertThat(Decisions.decide(Samples.atRest(), Samples.POLICIES).seenAll()).isTrue();
    }

    @Test
    void looksAtTheLoadAgain() {
        // given
        var minute = Duration.ofMinutes(1);
        var rate = new Rate(Duration.ZERO, 1, minute);
        var scaling = new ScalingPolicy(1, 8, Duration.ofSeconds(5), 10, rate, rate, 1, 32, minute);
        var policies = new Policies(Samples.POLICY, Samples.REMEDIATION, Optional.of(scaling));

        // when
        var decision = Decisions.decide(Samples.atRest(), policies);

        // then
        assertThat(decision.scaling()).isPresent();
        assertThat(decision.recheckAfter()).contains(minute);
    }

    @Test
    void sumsUpTheReportsThatCount() {
        // given
        var fleet =
                fleet(
                        false,
                        Samples.deployment(3, 3, 3),
                        WELL,
                        Samples.pod("b", Samples.well()),
                        Samples.pod("c", Samples.hanging()));

        // when
        var load = Decisions.decide(fleet, Samples.POLICIES).load();

        // then
        assertThat(load.gpus()).hasValue(2);
        assertThat(load.vramUsedPercentMax()).hasValue(62);
        assertThat(load.queuedTasks()).hasValue(8);
        assertThat(load.inferenceP95Milliseconds()).hasValue(480);
    }

    @Test
    void leavesSharedGpuMemoryOut() {
        // given
        var policy = Samples.policy(GpuMemory.SHARED);

        // when
        var load =
                Decisions.decide(
                                Samples.atRest(),
                                new Policies(policy, Samples.REMEDIATION, Optional.empty()))
                        .load();

        // then
        assertThat(load.vramUsedPercentMax()).isEmpty();
        assertThat(load.gpus()).hasValue(2);
    }

    private static FleetSnapshot fleet(
            boolean reconciling, DeploymentSnapshot deployment, PodSnapshot... pods) {
        return Samples.fleet(
                2, Optional.of(Samples.reported(reconciling)), Set.of(), deployment, pods);
    }
}

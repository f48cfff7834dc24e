package dev.facefusion.operator.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.operator.decide.Rollout.Complete;
import dev.facefusion.operator.decide.Rollout.Paused;
import dev.facefusion.operator.decide.Rollout.Progressing;
import dev.facefusion.operator.decide.Rollout.Stuck;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// How far a rollout is, how many pods serve, and what is wrong with the fleet.
class FleetAssessmentTest {
    private static final PodSnapshot WELL = Samples.pod("a", Samples.well());
    private static final PodSnapshot STARTING = Samples.pod("b", false, Optional.empty());
    private static final Update PAUSED = new Update(true, false, false);

    record Case(
            String name,
            FleetSnapshot fleet,
            Rollout rollout,
            int serving,
            @Nullable Reason fault) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Case> CASES =
            List.of(
                    new Case("at rest", Samples.atRest(), new Complete(), 2, null),
                    new Case(
                            "new: nothing is there yet",
                            new FleetSnapshot(
                                    Samples.NOW,
                                    1,
                                    2,
                                    Optional.empty(),
                                    Set.of(Part.values()),
                                    Optional.empty(),
                                    List.of(),
                                    Update.PLAIN,
                                    Proceedings.NONE),
                            new Progressing(),
                            0,
                            null),
                    new Case(
                            "a rollout is under way until every pod has been ready",
                            fleet(true, Samples.deployment(2, 2, 1), WELL, STARTING),
                            new Progressing(),
                            1,
                            null),
                    new Case(
                            "a pod that is missing afterwards is a fault",
                            fleet(false, Samples.deployment(2, 2, 1), WELL, STARTING),
                            new Complete(),
                            1,
                            Reason.REPLICA_NOT_READY),
                    new Case(
                            "a changed spec begins a rollout",
                            new FleetSnapshot(
                                    Samples.NOW,
                                    2,
                                    3,
                                    Optional.of(Samples.reported(false)),
                                    Set.of(),
                                    Optional.of(Samples.deployment(2, 2, 2)),
                                    List.of(WELL),
                                    Update.PLAIN,
                                    Proceedings.NONE),
                            new Progressing(),
                            1,
                            null),
                    new Case(
                            "so does a deployment that is not as asked",
                            Samples.fleet(
                                    2,
                                    Optional.of(Samples.reported(false)),
                                    Set.of(Part.DEPLOYMENT),
                                    new DeploymentSnapshot(
                                            true, false, false, 2, 2, 2, false, false),
                                    WELL),
                            new Progressing(),
                            1,
                            null),
                    new Case(
                            "a deployment that only replaces its pods in another way is no rollout",
                            Samples.fleet(
                                    1,
                                    Optional.of(Samples.reported(false)),
                                    Set.of(Part.DEPLOYMENT),
                                    Samples.deployment(1, 1, 1),
                                    WELL),
                            new Complete(),
                            1,
                            null),
                    new Case(
                            "in place, a pod waits for the room of an old one",
                            fleet(
                                    true,
                                    new DeploymentSnapshot(true, true, true, 2, 1, 1, false, false),
                                    WELL,
                                    Samples.unschedulable("b", Duration.ofMinutes(6))),
                            new Progressing(),
                            1,
                            null),
                    new Case(
                            "in place, it waits until the deadline",
                            fleet(
                                    true,
                                    new DeploymentSnapshot(true, true, true, 2, 1, 1, true, false),
                                    WELL,
                                    Samples.unschedulable("b", Duration.ofMinutes(6))),
                            new Stuck(Reason.UNSCHEDULABLE),
                            1,
                            Reason.UNSCHEDULABLE),
                    new Case(
                            "the deadline is missed for what keeps the pods from being ready",
                            fleet(
                                    true,
                                    new DeploymentSnapshot(true, true, false, 3, 1, 2, true, false),
                                    Samples.pod("a", Samples.hanging()),
                                    Samples.obstructed("b", Reason.IMAGE_UNAVAILABLE)),
                            new Stuck(Reason.IMAGE_UNAVAILABLE),
                            0,
                            Reason.HEALTH_UNREACHABLE),
                    new Case(
                            "a pod waits for the room of one that leaves",
                            fleet(
                                    false,
                                    Samples.deployment(2, 2, 1),
                                    WELL,
                                    Samples.leaving("b", Duration.ofMinutes(-1)),
                                    Samples.unschedulable("c", Duration.ofMinutes(6))),
                            new Complete(),
                            1,
                            Reason.REPLICA_NOT_READY),
                    new Case(
                            "but not of one that does not go",
                            fleet(
                                    false,
                                    Samples.deployment(2, 2, 1),
                                    WELL,
                                    Samples.leaving("b", Duration.ofMinutes(2)),
                                    Samples.unschedulable("c", Duration.ofMinutes(6))),
                            new Stuck(Reason.UNSCHEDULABLE),
                            1,
                            Reason.UNSCHEDULABLE),
                    new Case(
                            "a pod that does not go is no fault while none is missing",
                            fleet(
                                    false,
                                    Samples.deployment(2, 2, 2),
                                    WELL,
                                    Samples.leaving("b", Duration.ofMinutes(2)),
                                    Samples.pod("c", Samples.well())),
                            new Complete(),
                            2,
                            null),
                    new Case(
                            "a pod that does not go explains one that is missing",
                            fleet(
                                    false,
                                    Samples.deployment(2, 2, 1),
                                    WELL,
                                    Samples.leaving("b", Duration.ofMinutes(2)),
                                    STARTING),
                            new Complete(),
                            1,
                            Reason.TERMINATION_STUCK),
                    new Case(
                            "paused: nothing is rolled out",
                            new FleetSnapshot(
                                    Samples.NOW,
                                    2,
                                    1,
                                    Optional.of(Samples.reported(false)),
                                    Set.of(Part.DEPLOYMENT),
                                    Optional.of(
                                            new DeploymentSnapshot(
                                                    true, false, false, 1, 1, 1, false, false)),
                                    List.of(WELL),
                                    PAUSED,
                                    Proceedings.NONE),
                            new Paused(),
                            1,
                            null),
                    new Case(
                            "paused: what is missing is still missed",
                            new FleetSnapshot(
                                    Samples.NOW,
                                    2,
                                    2,
                                    Optional.of(Samples.reported(false)),
                                    Set.of(),
                                    Optional.of(Samples.deployment(1, 1, 1)),
                                    List.of(WELL),
                                    PAUSED,
                                    Proceedings.NONE),
                            new Paused(),
                            1,
                            Reason.REPLICA_NOT_READY),
                    new Case(
                            "a Service that is not as asked is no rollout",
                            Samples.fleet(
                                    1,
                                    Optional.of(Samples.reported(false)),
                                    Set.of(Part.SERVICE),
                                    Samples.deployment(1, 1, 1),
                                    WELL),
                            new Complete(),
                            1,
                            null),
                    new Case(
                            "old pods that still run keep a rollout going",
                            fleet(false, Samples.deployment(3, 1, 3), WELL),
                            new Progressing(),
                            1,
                            null),
                    new Case(
                            "a deployment that was not observed yet ends no rollout",
                            fleet(
                                    true,
                                    new DeploymentSnapshot(
                                            false, true, false, 2, 2, 2, false, false),
                                    WELL,
                                    Samples.pod("b", Samples.well())),
                            new Progressing(),
                            2,
                            null),
                    new Case(
                            "a deployment that was not observed yet begins no rollout",
                            fleet(
                                    false,
                                    new DeploymentSnapshot(
                                            false, true, false, 2, 2, 2, false, false),
                                    WELL,
                                    Samples.pod("b", Samples.well())),
                            new Complete(),
                            2,
                            null),
                    new Case(
                            "a rollout ends when every wanted pod has been ready",
                            fleet(
                                    true,
                                    Samples.deployment(2, 2, 2),
                                    WELL,
                                    Samples.pod("b", Samples.well())),
                            new Complete(),
                            2,
                            null),
                    new Case(
                            "an autoscaler may bring a node within five minutes",
                            fleet(
                                    true,
                                    Samples.deployment(2, 2, 1),
                                    WELL,
                                    Samples.unschedulable("b", Duration.ofSeconds(299))),
                            new Progressing(),
                            1,
                            Reason.UNSCHEDULABLE),
                    new Case(
                            "and no later",
                            fleet(
                                    true,
                                    Samples.deployment(2, 2, 1),
                                    WELL,
                                    Samples.unschedulable("b", Duration.ofMinutes(5))),
                            new Stuck(Reason.UNSCHEDULABLE),
                            1,
                            Reason.UNSCHEDULABLE),
                    new Case(
                            "in place makes room during a rollout only",
                            fleet(
                                    false,
                                    new DeploymentSnapshot(true, true, true, 2, 2, 1, false, false),
                                    WELL,
                                    Samples.unschedulable("b", Duration.ofMinutes(6))),
                            new Stuck(Reason.UNSCHEDULABLE),
                            1,
                            Reason.UNSCHEDULABLE),
                    new Case(
                            "a pod that was ready is not what the deadline is missed for",
                            fleet(
                                    true,
                                    new DeploymentSnapshot(true, true, false, 2, 2, 1, true, false),
                                    Samples.pod("a", Samples.hanging()),
                                    STARTING),
                            new Stuck(Reason.PROGRESS_DEADLINE_EXCEEDED),
                            0,
                            Reason.HEALTH_UNREACHABLE),
                    new Case(
                            "no progress until the deadline",
                            fleet(
                                    true,
                                    new DeploymentSnapshot(true, true, false, 2, 2, 1, true, false),
                                    WELL,
                                    STARTING),
                            new Stuck(Reason.PROGRESS_DEADLINE_EXCEEDED),
                            1,
                            null),
                    new Case(
                            "no node for longer than an autoscaler takes",
                            fleet(
                                    true,
                                    Samples.deployment(2, 2, 1),
                                    WELL,
                                    Samples.unschedulable("b", Duration.ofMinutes(6))),
                            new Stuck(Reason.UNSCHEDULABLE),
                            1,
                            Reason.UNSCHEDULABLE),
                    new Case(
                            "a faulty pod takes traffic no more, and is a fault",
                            fleet(
                                    false,
                                    Samples.deployment(2, 2, 2),
                                    WELL,
                                    Samples.pod("b", Samples.hanging())),
                            new Complete(),
                            1,
                            Reason.HEALTH_UNREACHABLE),
                    new Case(
                            "a pod that can't be asked is no fault",
                            fleet(
                                    false,
                                    Samples.deployment(2, 2, 2),
                                    WELL,
                                    Samples.pod("b", Samples.dark())),
                            new Complete(),
                            2,
                            null),
                    new Case(
                            "nor does it explain one that is missing",
                            fleet(
                                    false,
                                    Samples.deployment(2, 2, 1),
                                    Samples.pod("a", Samples.dark()),
                                    STARTING),
                            new Complete(),
                            1,
                            Reason.REPLICA_NOT_READY),
                    new Case(
                            "a pod that can't run is a fault that nothing is done about",
                            fleet(
                                    false,
                                    Samples.deployment(2, 2, 1),
                                    WELL,
                                    Samples.obstructed("b", Reason.IMAGE_UNAVAILABLE)),
                            new Complete(),
                            1,
                            Reason.IMAGE_UNAVAILABLE),
                    new Case(
                            "pods that can't be created",
                            fleet(
                                    true,
                                    new DeploymentSnapshot(true, true, false, 1, 1, 1, false, true),
                                    WELL),
                            new Progressing(),
                            1,
                            Reason.REPLICA_CREATION_FAILED));

    @ParameterizedTest(name = "{0}")
    @FieldSource("CASES")
    void assessesAFleet(Case c) {
        // when
        var decision = Decisions.decide(c.fleet(), Samples.POLICIES);

        // then
        assertThat(decision.rollout()).isEqualTo(c.rollout());
        assertThat(decision.serving()).isEqualTo(c.serving());
        assertThat(decision.fault()).isEqualTo(Optional.ofNullable(c.fault()));
    }

    private static FleetSnapshot fleet(
            boolean reconciling, DeploymentSnapshot deployment, PodSnapshot... pods) {
        return Samples.fleet(
                2, Optional.of(Samples.reported(reconciling)), Set.of(), deployment, pods);
    }
}

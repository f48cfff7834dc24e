package dev.facefusion.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.crds.v1alpha1.Conditions;
import dev.facefusion.crds.v1alpha1.FaceFusionClusterStatus;
import dev.facefusion.crds.v1alpha1.FaceFusionClusterStatus.UnhealthyPod;
import dev.facefusion.operator.act.Outcome;
import dev.facefusion.operator.decide.Decisions;
import dev.facefusion.operator.decide.DeploymentSnapshot;
import dev.facefusion.operator.decide.FleetSnapshot;
import dev.facefusion.operator.decide.HealthTrack;
import dev.facefusion.operator.decide.Part;
import dev.facefusion.operator.decide.PodSnapshot;
import dev.facefusion.operator.decide.Poll;
import dev.facefusion.operator.decide.Proceedings;
import dev.facefusion.operator.decide.Reason;
import dev.facefusion.operator.decide.Samples;
import dev.facefusion.operator.decide.Update;
import dev.facefusion.operator.reconcile.StatusReport.Before;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatusReportTest {
    private static final Instant NOW = Samples.NOW;
    private static final Before NOTHING = new Before("studio", Before.NOTHING, Instant.EPOCH);

    @Test
    void reportsAFleetAtRest() {
        // when
        var status = report(NOTHING, Samples.atRest()).status();

        // then
        assertThat(status.desiredReplicas()).isEqualTo(2);
        assertThat(status.readyReplicas()).isEqualTo(2);
        assertThat(status.unhealthyPods()).isNull();
        assertThat(status.selector())
                .isEqualTo(
                        "app.kubernetes.io/instance=studio,app.kubernetes.io/name=facefusion-runtime");
        assertThat(Objects.requireNonNull(status.fleet()))
                .isEqualTo(new FaceFusionClusterStatus.Fleet(2, 60, 10, 500));
        assertThat(states(status))
                .containsExactly(
                        "Ready=True/Ready",
                        "Available=True/ReplicasServing",
                        "Reconciling=False/AsExpected",
                        "Stalled=False/AsExpected",
                        "Degraded=False/AsExpected",
                        "VRAMPressure=False/AsExpected",
                        "UpdatePending=False/AsExpected",
                        "HealthDataFresh=True/AsExpected",
                        "AcceleratorActive=True/AsExpected",
                        "StormActive=False/AsExpected");
        assertThat(status.conditions())
                .allSatisfy(
                        condition -> assertThat(condition.getObservedGeneration()).isEqualTo(1));
    }

    @Test
    void knowsNothingOfReadyBeforeThereIsAWorkload() {
        // given
        var fleet =
                new FleetSnapshot(
                        NOW,
                        1,
                        2,
                        Optional.empty(),
                        Set.of(),
                        Optional.empty(),
                        List.of(),
                        Update.PLAIN,
                        Proceedings.NONE);

        // when
        var status = report(NOTHING, fleet).status();

        // then
        assertThat(states(status))
                .contains("Ready=Unknown/Progressing", "Reconciling=True/Progressing");
    }

    @Test
    void namesAPodThatDoesNotGoWithoutCallingTheFleetUnready() {
        // given
        var fleet =
                Samples.fleet(
                        1,
                        Samples.deployment(1, 1, 1),
                        Samples.pod("a", Samples.well()),
                        Samples.leaving("b", Duration.ofMinutes(2)));

        // when
        var status = report(NOTHING, fleet).status();

        // then
        assertThat(states(status)).contains("Ready=True/Ready", "Degraded=True/TerminationStuck");
        assertThat(status.drainingReplicas()).isEqualTo(1);
        assertThat(status.unhealthyPods()).extracting(UnhealthyPod::name).containsExactly("b");
    }

    @Test
    void quotesTheCauseOfAMissedDeadline() {
        // given
        var fleet =
                Samples.fleet(
                        1,
                        new DeploymentSnapshot(true, true, false, 1, 1, 0, true, false),
                        Samples.obstructed("a", Reason.CONTAINER_CRASHING));

        // when
        var status = report(NOTHING, fleet).status();

        // then
        var stalled = condition(status, Conditions.STALLED);
        assertThat(stalled.getStatus()).isEqualTo("True");
        assertThat(stalled.getReason()).isEqualTo("ContainerCrashing");
        assertThat(stalled.getMessage())
                .isEqualTo(
                        "A pod's container crashes: see its log. Kubernetes says: exit code 137 (OOMKilled)");
        assertThat(condition(status, Conditions.READY).getMessage())
                .isEqualTo(stalled.getMessage());
    }

    @Test
    void saysThatAPausedClusterIsLeftAsItIs() {
        // given
        var paused = updated(Samples.atRest(), new Update(true, false, false), Part.DEPLOYMENT);

        // when
        var status = report(NOTHING, paused).status();

        // then
        assertThat(states(status))
                .contains(
                        "Ready=True/Ready", "Reconciling=False/Paused", "Stalled=False/AsExpected")
                .contains("UpdatePending=True/Paused");
    }

    @Test
    void saysThatAChangeOfTheOperatorsWaits() {
        // given
        var kept = updated(Samples.atRest(), new Update(false, true, false));

        // when
        var status = report(NOTHING, kept).status();

        // then
        assertThat(states(status))
                .contains("Ready=True/Ready", "Reconciling=False/AsExpected")
                .contains("UpdatePending=True/OperatorChanged");
    }

    @Test
    void isEqualToTheOldOneWhereNothingHasChanged() {
        // given
        var before = before(report(NOTHING, Samples.atRest()).status(), NOW);

        // when
        var report = report(before, later(Samples.atRest(), Duration.ofSeconds(30)));

        // then
        assertThat(report.status()).isEqualTo(before.status());
        assertThat(report.heldFor()).isEmpty();
    }

    @Test
    void keepsTheTransitionTimeOfAConditionThatOnlyChangesItsReason() {
        // given
        var degraded = faulty(Samples.hanging());
        var before = before(report(NOTHING, degraded).status(), NOW);
        var stalled =
                faulty(
                        Samples.track(
                                new Poll.Unreadable(""),
                                new Poll.Unreadable(""),
                                new Poll.Unreadable("")));

        // when
        var status = report(before, later(stalled, Duration.ofSeconds(20))).status();

        // then
        var condition = condition(status, Conditions.DEGRADED);
        assertThat(condition.getReason()).isEqualTo("HealthUnreadable");
        assertThat(condition.getLastTransitionTime()).isEqualTo("2026-06-01T12:00:00Z");
    }

    @Test
    void movesTheTransitionTimeWhenTheStatusFlips() {
        // given
        var before = before(report(NOTHING, Samples.atRest()).status(), NOW);

        // when
        var status =
                report(before, later(faulty(Samples.hanging()), Duration.ofSeconds(20))).status();

        // then
        assertThat(condition(status, Conditions.DEGRADED).getLastTransitionTime())
                .isEqualTo("2026-06-01T12:00:20Z");
        assertThat(condition(status, Conditions.STALLED).getLastTransitionTime())
                .isEqualTo("2026-06-01T12:00:00Z");
    }

    @Test
    void listsAFaultyPodSinceItsReasonBegan() {
        // given
        var before = before(report(NOTHING, faulty(Samples.hanging())).status(), NOW);

        // when
        var status =
                report(before, later(faulty(Samples.hanging()), Duration.ofSeconds(20))).status();

        // then
        assertThat(status.unhealthyPods())
                .containsExactly(
                        new UnhealthyPod(
                                "b",
                                "node-1",
                                "HealthUnreachable",
                                "2026-06-01T12:00:00Z",
                                null,
                                null));
        assertThat(states(status))
                .contains("Ready=True/Degraded", "Degraded=True/HealthUnreachable");
    }

    @Test
    void listsTenUnhealthyPodsAndCountsTheRest() {
        // given
        var pods =
                IntStream.range(0, 12)
                        .mapToObj(i -> Samples.pod("pod-%02d".formatted(i), Samples.dark()))
                        .toArray(PodSnapshot[]::new);

        // when
        var status =
                report(NOTHING, Samples.fleet(12, Samples.deployment(12, 12, 12), pods)).status();

        // then
        assertThat(status.unhealthyPods()).hasSize(10);
        assertThat(status.unhealthyPodsOmitted()).isEqualTo(2);
        assertThat(status.unknownReplicas()).isEqualTo(12);
        assertThat(states(status))
                .contains("Ready=True/Ready", "HealthDataFresh=False/HealthUnknown");
    }

    @Test
    void holdsChangedFiguresBackForAMinute() {
        // given
        var written = NOW.minus(Duration.ofSeconds(40));
        var before = before(report(NOTHING, Samples.atRest()).status(), written);
        var busier =
                Samples.fleet(
                        2,
                        Samples.deployment(2, 2, 2),
                        Samples.pod("a", Samples.well()),
                        Samples.pod("b", Samples.track(new Poll.Answered(Samples.queueing(90)))));

        // when
        var soon = report(before, later(busier, Duration.ofSeconds(10)));
        var due = report(before, later(busier, Duration.ofSeconds(20)));

        // then
        assertThat(soon.status()).isEqualTo(before.status());
        assertThat(soon.heldFor()).contains(Duration.ofSeconds(10));
        assertThat(Objects.requireNonNull(due.status().fleet()).queuedTasks()).isEqualTo(100);
    }

    @Test
    void keepsWhatItKnewUntilPodsAreAskedAnew() {
        // given
        var before = before(report(NOTHING, Samples.atRest()).status(), NOW);
        var restarted =
                Samples.fleet(
                        2,
                        Samples.deployment(2, 2, 2),
                        Samples.pod("a", HealthTrack.begin(NOW)),
                        Samples.pod("b", HealthTrack.begin(NOW)));

        // when
        var report = report(before, restarted);

        // then
        assertThat(report.status()).isEqualTo(before.status());
    }

    @Test
    void isStalledByAnObjectOfSomebodyElse() {
        // given
        var outcomes = List.<Outcome>of(new Outcome.NameConflict("Service", "studio"));

        // when
        var status = report(NOTHING, Samples.atRest(), outcomes).status();

        // then
        assertThat(states(status))
                .contains(
                        "Ready=False/NameConflict",
                        "Stalled=True/NameConflict",
                        "Reconciling=False/Stalled");
        assertThat(condition(status, Conditions.STALLED).getMessage())
                .startsWith("Service studio exists and belongs to somebody else");
    }

    @Test
    void isReadyWithNothingWanted() {
        // given
        var fleet = Samples.fleet(0, Samples.deployment(0, 0, 0));

        // when
        var status = report(NOTHING, fleet).status();

        // then
        assertThat(states(status))
                .contains("Ready=True/ScaledToZero", "Available=False/ScaledToZero");
    }

    @Test
    void keepsWhatItKnewWhenTheLoopFails() {
        // given
        var old = report(NOTHING, Samples.atRest()).status();

        // when
        var status =
                StatusReport.failed(
                        old, Findings.ofFailure(new IllegalStateException("secret")), 1, NOW);

        // then
        assertThat(status.readyReplicas()).isEqualTo(2);
        assertThat(condition(status, Conditions.READY).getReason()).isEqualTo("ReconcileFailed");
        assertThat(condition(status, Conditions.READY).getMessage()).doesNotContain("secret");
    }

    private static FleetSnapshot faulty(HealthTrack track) {
        return Samples.fleet(
                2,
                Samples.deployment(2, 2, 2),
                Samples.pod("a", Samples.well()),
                Samples.pod("b", track));
    }

    private static FleetSnapshot later(FleetSnapshot fleet, Duration by) {
        return new FleetSnapshot(
                fleet.now().plus(by),
                fleet.generation(),
                fleet.desiredReplicas(),
                fleet.reported(),
                fleet.outdated(),
                fleet.deployment(),
                fleet.pods(),
                fleet.update(),
                fleet.proceedings());
    }

    private static FleetSnapshot updated(FleetSnapshot fleet, Update update, Part... outdated) {
        return new FleetSnapshot(
                fleet.now(),
                fleet.generation(),
                fleet.desiredReplicas(),
                fleet.reported(),
                Set.of(outdated),
                fleet.deployment(),
                fleet.pods(),
                update,
                fleet.proceedings());
    }

    private static Before before(FaceFusionClusterStatus status, Instant written) {
        return new Before("studio", status, written);
    }

    private static StatusReport report(Before before, FleetSnapshot fleet) {
        return report(before, fleet, List.of());
    }

    private static StatusReport report(Before before, FleetSnapshot fleet, List<Outcome> outcomes) {
        var decision = Decisions.decide(fleet, Samples.POLICIES);
        var findings = new Findings(false, fleet, decision, outcomes).all();
        return StatusReport.of(before, fleet, decision, findings);
    }

    private static List<String> states(FaceFusionClusterStatus status) {
        return Objects.requireNonNull(status.conditions()).stream()
                .map(condition ->
                        "%s=%s/%s"
                                .formatted(
                                        condition.getType(),
                                        condition.getStatus(),
                                        condition.getReason()))
                .toList();
    }

    private static Condition condition(FaceFusionClusterStatus status, String type) {
        return Objects.requireNonNull(status.conditions()).stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst()
                .orElseThrow();
    }
}

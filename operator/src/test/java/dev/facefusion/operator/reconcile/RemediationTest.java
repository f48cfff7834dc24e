package dev.facefusion.operator.reconcile;

import static dev.facefusion.operator.reconcile.VirtualFault.Cure.ANOTHER_NODE;
import static dev.facefusion.operator.reconcile.VirtualFault.Cure.REPLACEMENT;
import static dev.facefusion.operator.reconcile.VirtualFault.Cure.RESTART;
import static dev.facefusion.operator.reconcile.VirtualFault.Kind.DARK;
import static dev.facefusion.operator.reconcile.VirtualFault.Kind.FALLBACK;
import static dev.facefusion.operator.reconcile.VirtualFault.Kind.HANGS;
import static dev.facefusion.operator.reconcile.VirtualFault.Kind.MUTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.crds.v1alpha1.FaceFusionClusterStatus.UnhealthyPod;
import dev.facefusion.operator.act.Notice;
import dev.facefusion.operator.decide.Policies;
import dev.facefusion.operator.decide.Samples;
import dev.facefusion.operator.decide.remediation.RemediationPolicy;
import dev.facefusion.operator.decide.remediation.RemediationPolicy.Mode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Whole stories of sick pods in virtual time.
class RemediationTest {
    private static final Duration STALL = Samples.POLICY.timeouts().stall();
    private static final Duration PERIOD = Duration.ofSeconds(10);

    @Test
    void restartsAHungPodOnItsOwnGpuAndTakesItBack() {
        // given
        var fleet = new VirtualFleet(3, 3);
        fleet.breaks(1, HANGS, RESTART);

        // when
        var outAfter = fleet.passUntil(() -> !fleet.pod(1).inService);
        fleet.pass(Duration.ofMinutes(2));

        // then
        assertThat(outAfter).isLessThanOrEqualTo(STALL.plus(PERIOD.multipliedBy(2)));
        assertThat(fleet.deeds).containsExactly("restart pod-1");
        assertThat(fleet.pod(1).inService).isTrue();
        assertThat(fleet.status.unhealthyPods()).isNull();
        assertThat(lastResult(fleet)).isEqualTo("Succeeded");
        assertThat(fleet.events)
                .extracting(Notice::action)
                .containsOnlyOnce("Drain", "SelfRestart", "SelfRestartSucceeded");
    }

    @Test
    @Tag("long")
    void leavesABusyPodAloneAsLongAsItMoves() {
        // given
        var fleet = new VirtualFleet(3, 3);
        fleet.pod(0).tasksInFlight = 1;

        // when
        fleet.pass(Duration.ofHours(2));

        // then
        assertThat(fleet.effects).isZero();
    }

    @Test
    void replacesAPodThatARestartDoesNotCure() {
        // given
        var fleet = new VirtualFleet(3, 4);
        fleet.breaks(1, FALLBACK, REPLACEMENT);

        // when
        fleet.pass(Duration.ofMinutes(10));

        // then
        assertThat(fleet.deeds).containsExactly("restart pod-1", "evict pod-1");
        assertThat(fleet.status.readyReplicas()).isEqualTo(3);
        assertThat(lastResult(fleet)).isEqualTo("Succeeded");
    }

    @Test
    void keepsOffANodeWhosePodsAreSickOneAfterTheOther() {
        // given
        var fleet = new VirtualFleet(3, 3);
        fleet.breaks(1, FALLBACK, ANOTHER_NODE);

        // when
        fleet.pass(Duration.ofMinutes(10));

        // then
        assertThat(fleet.deeds)
                .startsWith("restart pod-1", "evict pod-1")
                .contains("avoid node-1", "evict pod-3")
                .noneMatch(
                        deed -> deed.startsWith("evict pod-0") || deed.startsWith("evict pod-2"));
    }

    @Test
    @Tag("long")
    void quarantinesARepeatOffenderAndDiscardsItWhenItsTimeIsUp() {
        // given
        var fleet = new VirtualFleet(2, 3);

        // when
        for (int i = 0; i < 4; i++) {
            fleet.breaks(0, HANGS, RESTART);
            fleet.pass(Duration.ofHours(2));
        }

        // then
        assertThat(fleet.deeds)
                .containsExactly(
                        "restart pod-0",
                        "restart pod-0",
                        "restart pod-0",
                        "quarantine pod-0",
                        "discard pod-0");
        assertThat(fleet.status.readyReplicas()).isEqualTo(2);
        assertThat(fleet.status.quarantinedReplicas()).isZero();
    }

    @Test
    void actsOnNothingWhileHalfTheFleetFailsAndForACooldownAfter() {
        // given
        var fleet = new VirtualFleet(4, 4);
        fleet.breaks(0, MUTE, RESTART);
        fleet.breaks(1, MUTE, RESTART);

        // when
        fleet.pass(Duration.ofMinutes(10));
        var raging = blockedBy(fleet, "pod-0");
        fleet.pod(0).fault = VirtualFault.NONE;
        fleet.pass(Duration.ofMinutes(1));
        var calm = blockedBy(fleet, "pod-1");

        // then
        assertThat(raging).isEqualTo("Storm");
        assertThat(calm).isEqualTo("Cooldown");
        assertThat(fleet.deeds).isEmpty();
        fleet.pass(Samples.REMEDIATION.stormCooldown());
        assertThat(fleet.pod(1).inService).isFalse();
    }

    @Test
    void knowsNothingOfPodsThatItCannotReachAndLeavesThemAlone() {
        // given
        var fleet = new VirtualFleet(4, 4);
        fleet.breaks(0, DARK, RESTART);

        // when
        fleet.pass(Duration.ofHours(1));

        // then
        assertThat(fleet.deeds).isEmpty();
        assertThat(fleet.status.unknownReplicas()).isOne();
    }

    @Test
    void treatsOneAfterTheOtherWithinTheBudget() {
        // given
        var fleet = new VirtualFleet(5, 5);
        fleet.breaks(0, HANGS, RESTART);
        fleet.breaks(1, HANGS, RESTART);

        // when
        fleet.passUntil(() ->
                List.of(blockedBy(fleet, "pod-0"), blockedBy(fleet, "pod-1")).contains("Budget"));
        long out = fleet.pods.stream().filter(pod -> !pod.inService).count();
        fleet.pass(Duration.ofMinutes(5));

        // then
        assertThat(out).isOne();
        assertThat(fleet.deeds).containsExactlyInAnyOrder("restart pod-0", "restart pod-1");
    }

    @Test
    void waitsForADisruptionBudgetAndSaysSo() {
        // given
        var fleet = new VirtualFleet(3, 4);
        fleet.budgetForbidsEviction = true;
        fleet.breaks(1, FALLBACK, REPLACEMENT);

        // when
        fleet.pass(Duration.ofMinutes(30));
        var blocked = blockedBy(fleet, "pod-1");
        fleet.budgetForbidsEviction = false;
        fleet.pass(Duration.ofMinutes(1));

        // then
        assertThat(blocked).isEqualTo("PDB");
        assertThat(fleet.deeds).containsExactly("restart pod-1", "evict pod-1");
    }

    @Test
    void doesNothingWhilePausedAndSaysWhatIsDue() {
        // given
        var fleet = new VirtualFleet(3, 3);
        fleet.paused = true;
        fleet.breaks(1, HANGS, RESTART);

        // when
        fleet.pass(Duration.ofMinutes(10));

        // then
        assertThat(blockedBy(fleet, "pod-1")).isEqualTo("Paused");
        assertThat(fleet.pod(1).inService).isTrue();
        assertThat(fleet.deeds).isEmpty();
    }

    @Test
    void onlyWatchesWhereThePolicySaysSo() {
        // given
        var fleet = new VirtualFleet(3, 3);
        fleet.policies = new Policies(Samples.POLICY, observing(), Optional.empty());
        fleet.breaks(1, HANGS, RESTART);

        // when
        fleet.pass(Duration.ofMinutes(10));

        // then
        assertThat(unhealthy(fleet, "pod-1"))
                .hasValueSatisfying(pod -> {
                    assertThat(pod.step()).isEqualTo("SelfRestart");
                    assertThat(pod.blockedBy()).isEqualTo("Observe");
                });
        assertThat(fleet.deeds).isEmpty();
        assertThat(fleet.events)
                .filteredOn(event -> event.action().equals("SelfRestart"))
                .hasSize(1);
    }

    /// At every single effect the operator dies before it; another one leads 15 s later.
    @Test
    @Tag("long")
    void finishesWhatADeadLeaderHasBegunAndDoesNothingTwice() {
        // given
        var undisturbed = troubled(Integer.MAX_VALUE);

        for (int effect = 1; effect <= undisturbed.effects; effect++) {
            // when
            var fleet = troubled(effect);

            // then
            assertThat(fleet.deeds)
                    .as("killed before effect %d", effect)
                    .containsExactlyElementsOf(undisturbed.deeds);
            assertThat(fleet.status.readyReplicas()).isEqualTo(3);
            assertThat(fleet.pods).allMatch(pod -> pod.inService);
        }
    }

    private static VirtualFleet troubled(int killAtEffect) {
        var fleet = new VirtualFleet(3, 5);
        fleet.killAtEffect = killAtEffect;
        fleet.breaks(1, FALLBACK, ANOTHER_NODE);
        fleet.pass(Duration.ofMinutes(20));
        return fleet;
    }

    @Test
    @Tag("long")
    void writesNothingInEightHoursOfNoise() {
        // given
        var fleet = new VirtualFleet(100, 100);
        fleet.step = PERIOD;
        var random = new Random(7);

        // when
        for (int minute = 0; minute < 8 * 60; minute++) {
            fleet.pods.forEach(pod -> pod.tasksInFlight = random.nextInt(2));
            fleet.pass(Duration.ofMinutes(1));
        }

        // then
        assertThat(fleet.effects).isZero();
        assertThat(fleet.events).isEmpty();
    }

    private static RemediationPolicy observing() {
        var policy = Samples.REMEDIATION;
        return new RemediationPolicy(
                Mode.OBSERVE,
                policy.budget(),
                policy.stormThresholdPercent(),
                policy.stormCooldown(),
                policy.ladder(),
                policy.repeatOffender(),
                policy.quarantineTtl(),
                policy.drain(),
                policy.patience(),
                policy.attention());
    }

    private static String lastResult(VirtualFleet fleet) {
        var remediation = Objects.requireNonNull(fleet.status.remediation());
        return Objects.requireNonNull(remediation.lastAction()).result();
    }

    private static String blockedBy(VirtualFleet fleet, String pod) {
        return unhealthy(fleet, pod)
                .flatMap(listed -> Optional.ofNullable(listed.blockedBy()))
                .orElse("");
    }

    private static Optional<UnhealthyPod> unhealthy(VirtualFleet fleet, String pod) {
        return Optional.ofNullable(fleet.status.unhealthyPods()).orElse(List.of()).stream()
                .filter(listed -> listed.name().equals(pod))
                .findFirst();
    }
}

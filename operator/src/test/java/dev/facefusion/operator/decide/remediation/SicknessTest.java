package dev.facefusion.operator.decide.remediation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.operator.decide.HealthReport;
import dev.facefusion.operator.decide.HealthReport.Models;
import dev.facefusion.operator.decide.HealthReport.State;
import dev.facefusion.operator.decide.HealthTrack;
import dev.facefusion.operator.decide.PodHealth;
import dev.facefusion.operator.decide.PodHealth.Ailing;
import dev.facefusion.operator.decide.PodHealth.Draining;
import dev.facefusion.operator.decide.PodHealth.Faulty;
import dev.facefusion.operator.decide.PodHealth.Remedy;
import dev.facefusion.operator.decide.PodHealth.Serving;
import dev.facefusion.operator.decide.PodHealth.Starting;
import dev.facefusion.operator.decide.PodHealth.Unknown;
import dev.facefusion.operator.decide.PodHealth.Unseen;
import dev.facefusion.operator.decide.Poll;
import dev.facefusion.operator.decide.Reason;
import dev.facefusion.operator.decide.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.FieldSource;

class SicknessTest {
    private static final Patient POD = Patient.named("a");
    private static final Ailing TO_TREAT = new Ailing(Reason.VRAM_PRESSURE, Remedy.TREAT);
    private static final Ailing TO_REPORT = new Ailing(Reason.VRAM_PRESSURE, Remedy.REPORT);

    static final List<PodHealth> NOT_UP =
            List.of(
                    new Faulty(Reason.INFERENCE_STALLED),
                    TO_TREAT,
                    new Starting(),
                    new Draining(),
                    new Unseen(),
                    new Unknown());

    static final List<PodHealth> WELL_ENOUGH =
            List.of(
                    new Serving(),
                    TO_REPORT,
                    new Starting(),
                    new Draining(),
                    new Unseen(),
                    new Unknown());

    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {
                "INFERENCE_STALLED",
                "HEALTH_UNREACHABLE",
                "HEALTH_UNREADABLE",
                "ACCELERATOR_FALLBACK",
                "STARTUP_TIMEOUT",
                "DEVICE_UNHEALTHY"
            })
    void isWhatARemedyCanHelp(Reason reason) {
        // then
        assertThat(Sickness.of(POD.faulty(reason))).contains(reason);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {"IMAGE_UNAVAILABLE", "UNSCHEDULABLE", "MODEL_NOT_LOADED", "NODE_LOST"})
    void isNotWhatTheNextPodWouldHaveToo(Reason reason) {
        // then
        assertThat(Sickness.of(POD.faulty(reason))).isEmpty();
    }

    @Test
    void isAnAilmentThatThePolicyWantsTreated() {
        // then
        assertThat(Sickness.of(POD.is(TO_TREAT))).contains(Reason.VRAM_PRESSURE);
    }

    @ParameterizedTest
    @FieldSource("WELL_ENOUGH")
    void isNothingElse(PodHealth health) {
        // then
        assertThat(Sickness.of(POD.is(health))).isEmpty();
    }

    @Test
    void needsPollsOfOurOwn() {
        // given
        var unproven = POD.polled(HealthTrack.begin(Patient.NOW));

        // then
        assertThat(Sickness.of(unproven.faulty(Reason.INFERENCE_STALLED))).isEmpty();
        assertThat(Sickness.of(POD.unpolled().faulty(Reason.STARTUP_TIMEOUT))).isEmpty();
        assertThat(Sickness.of(unproven.is(TO_TREAT))).isEmpty();
    }

    @Test
    void isProvenByPollsThatHaveFailedToo() {
        // given
        var reason = Reason.INFERENCE_STALLED;

        // then
        assertThat(Sickness.of(POD.polled(Samples.hanging()).faulty(reason))).contains(reason);
        assertThat(Sickness.of(POD.polled(Samples.dark()).faulty(reason))).contains(reason);
    }

    @Test
    void needsNoPollsWhereKubernetesCallsTheDeviceBroken() {
        // then
        assertThat(Sickness.of(POD.unpolled().faulty(Reason.DEVICE_UNHEALTHY)))
                .contains(Reason.DEVICE_UNHEALTHY);
    }

    @Test
    void isNotAProcessThatTheKubeletStartsAgain() {
        // given
        var down = POD.polled(Patient.REFUSING);

        // then
        assertThat(Sickness.of(down.faulty(Reason.HEALTH_UNREACHABLE))).isEmpty();
        assertThat(Sickness.down(down.faulty(Reason.HEALTH_UNREACHABLE))).isTrue();
        assertThat(Sickness.down(down.is(new Starting()))).isFalse();
        assertThat(Sickness.down(POD.faulty(Reason.HEALTH_UNREACHABLE))).isFalse();
        assertThat(Sickness.down(POD.unpolled().faulty(Reason.HEALTH_UNREACHABLE))).isFalse();
    }

    @Test
    void isCuredOnceThePodServesAndIsReady() {
        // then
        assertThat(Sickness.cured(POD.serving())).isTrue();
        assertThat(Sickness.cured(POD.is(TO_REPORT))).isTrue();
        assertThat(Sickness.cured(POD.notReady().serving())).isFalse();
        assertThat(Sickness.cured(POD.notReady().is(TO_REPORT))).isFalse();
    }

    @Test
    void isNotCuredWhereOnlyTheKubeletHasSeenTheModelsLoaded() {
        // given
        var loading = Samples.report(State.HEALTHY, Models.NOT_LOADED);
        var silent = Samples.report(State.HEALTHY, Models.UNREPORTED);

        // then
        assertThat(Sickness.cured(polled(loading).serving())).isFalse();
        assertThat(Sickness.cured(polled(loading).is(TO_REPORT))).isFalse();
        assertThat(Sickness.cured(polled(silent).serving())).isTrue();
    }

    private static Patient polled(HealthReport report) {
        return POD.polled(Samples.track(new Poll.Answered(report)));
    }

    @ParameterizedTest
    @FieldSource("NOT_UP")
    void isNotCuredBefore(PodHealth health) {
        // then
        assertThat(Sickness.cured(POD.is(health))).isFalse();
    }

    @Test
    void isSilentWhereThePodTellsNothing() {
        // then
        assertThat(Reason.values())
                .filteredOn(Sickness::silent)
                .containsExactlyInAnyOrder(Reason.HEALTH_UNREACHABLE, Reason.HEALTH_UNREADABLE);
    }

    @Test
    void isDeafWhereNoWorkCanFinish() {
        // then
        assertThat(Reason.values())
                .filteredOn(Sickness::deaf)
                .containsExactlyInAnyOrder(
                        Reason.INFERENCE_STALLED,
                        Reason.HEALTH_UNREACHABLE,
                        Reason.HEALTH_UNREADABLE,
                        Reason.STARTUP_TIMEOUT);
    }
}

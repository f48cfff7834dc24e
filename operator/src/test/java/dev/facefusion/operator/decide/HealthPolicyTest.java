package dev.facefusion.operator.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.facefusion.operator.decide.HealthReport.Models;
import dev.facefusion.operator.decide.HealthReport.State;
import dev.facefusion.operator.decide.PodHealth.Ailing;
import dev.facefusion.operator.decide.PodHealth.Draining;
import dev.facefusion.operator.decide.PodHealth.Faulty;
import dev.facefusion.operator.decide.PodHealth.Remedy;
import dev.facefusion.operator.decide.PodHealth.Serving;
import dev.facefusion.operator.decide.PodHealth.Starting;
import dev.facefusion.operator.decide.PodHealth.Unknown;
import dev.facefusion.operator.decide.PodHealth.Unseen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class HealthPolicyTest {
    private static final Instant NOW = Samples.NOW;
    private static final HealthTrack REFUSING =
            Samples.track(new Poll.Refused(), new Poll.Refused(), new Poll.Refused());
    private static final HealthTrack LOADING =
            Samples.track(new Poll.Answered(Samples.report(State.HEALTHY, Models.NOT_LOADED)));
    private static final HealthTrack DRAINING =
            Samples.track(new Poll.Answered(Samples.report(State.DRAINING, Models.LOADED)));
    private static final Duration MINUTE = Duration.ofMinutes(1);

    record Case(String name, PodSnapshot pod, Instant now, PodHealth expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Case> CASES =
            List.of(
                    new Case("serves", ready(Samples.well()), NOW, new Serving()),
                    new Case("drains", ready(DRAINING), NOW, new Draining()),
                    new Case(
                            "no address yet: starting",
                            Samples.pod("a", false, Optional.empty()),
                            NOW,
                            new Starting()),
                    new Case(
                            "no address for too long",
                            Samples.pod("a", false, Optional.empty()),
                            NOW.plus(Duration.ofMinutes(19)),
                            new Faulty(Reason.STARTUP_TIMEOUT)),
                    new Case("refuses while it starts", starting(REFUSING), NOW, new Starting()),
                    new Case(
                            "unreachable while it starts: no evidence needed yet",
                            starting(Samples.dark()),
                            NOW,
                            new Starting()),
                    new Case(
                            "hangs while it starts: a runtime answers as soon as it listens",
                            starting(Samples.hanging()),
                            NOW,
                            new Faulty(Reason.HEALTH_UNREACHABLE)),
                    new Case(
                            "refuses although it was up",
                            ready(REFUSING),
                            NOW,
                            new Faulty(Reason.HEALTH_UNREACHABLE)),
                    new Case("out of reach: unknown", ready(Samples.dark()), NOW, new Unknown()),
                    new Case("loads its models", starting(LOADING), NOW, new Starting()),
                    new Case(
                            "has loaded them since the last poll, as the kubelet knows",
                            ready(LOADING),
                            NOW,
                            new Serving()),
                    new Case(
                            "not asked yet but known to serve",
                            ready(HealthTrack.begin(NOW)),
                            NOW,
                            new Unseen()),
                    new Case(
                            "not asked yet and not up",
                            starting(HealthTrack.begin(NOW)),
                            NOW,
                            new Starting()),
                    new Case(
                            "not asked anew: the former complaint stands",
                            complained(Reason.INFERENCE_STALLED),
                            NOW,
                            new Faulty(Reason.INFERENCE_STALLED)),
                    new Case(
                            "not asked anew: no treatment for what was no fault",
                            complained(Reason.VRAM_LEAK_PREDICTED),
                            NOW,
                            new Ailing(Reason.VRAM_LEAK_PREDICTED, Remedy.REPORT)),
                    new Case(
                            "not asked anew: another provider is as bad as the spec says",
                            complained(Reason.ACCELERATOR_FALLBACK),
                            NOW,
                            new Faulty(Reason.ACCELERATOR_FALLBACK)),
                    new Case(
                            "not asked anew: unknown stays unknown",
                            complained(Reason.HEALTH_UNKNOWN),
                            NOW,
                            new Unknown()),
                    new Case(
                            "stale: unknown",
                            ready(Samples.well()),
                            NOW.plus(MINUTE),
                            new Unknown()),
                    new Case(
                            "no node takes it, for a moment",
                            Samples.unschedulable("a", Duration.ofSeconds(10)),
                            NOW,
                            new Starting()),
                    new Case(
                            "no node takes it, for longer",
                            Samples.unschedulable("a", MINUTE),
                            NOW,
                            new Faulty(Reason.UNSCHEDULABLE)),
                    new Case(
                            "an obstacle goes before what a former container said",
                            obstructed(Reason.CONTAINER_CRASHING),
                            NOW,
                            new Faulty(Reason.CONTAINER_CRASHING)),
                    new Case("leaving goes before all else", leaving(), NOW, new Draining()),
                    new Case(
                            "leaves until its grace period and a minute are over",
                            leaving(NOW.minus(MINUTE).plusMillis(1), Reason.CONTAINER_CRASHING),
                            NOW,
                            new Draining()),
                    new Case(
                            "does not go",
                            leaving(NOW.minus(MINUTE), Reason.CONTAINER_CRASHING),
                            NOW,
                            new Draining(Optional.of(Reason.TERMINATION_STUCK))),
                    new Case(
                            "can't go: nobody is there to say so",
                            leaving(NOW.minus(MINUTE), Reason.NODE_LOST),
                            NOW,
                            new Draining(Optional.of(Reason.NODE_LOST))));

    @ParameterizedTest(name = "{0}")
    @FieldSource("CASES")
    void judgesAPod(Case c) {
        // when
        var verdict = Samples.POLICY.judge(c.pod(), c.now());

        // then
        assertThat(verdict.health()).isEqualTo(c.expected());
    }

    @Test
    void saysWhenAStartingPodIsOutOfTime() {
        // when
        var verdict = Samples.POLICY.judge(starting(REFUSING), NOW);

        // then
        assertThat(verdict.recheckAt()).contains(NOW.plus(Duration.ofMinutes(19)));
    }

    @Test
    void rejectsAThresholdBelowOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Thresholds(0, 1))
                .withMessage("failureThreshold must be at least 1, got 0");
    }

    private static PodSnapshot ready(HealthTrack track) {
        return Samples.pod("a", track);
    }

    private static PodSnapshot starting(HealthTrack track) {
        return Samples.pod("a", false, Optional.of(track));
    }

    private static PodSnapshot complained(Reason reason) {
        return Samples.complained("a", reason, HealthTrack.begin(NOW));
    }

    private static PodSnapshot obstructed(Reason reason) {
        return new PodSnapshot(
                Samples.ref("a", "node-1"),
                Custody.IN_SERVICE,
                false,
                false,
                Optional.empty(),
                NOW.minus(MINUTE),
                Optional.of(reason),
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.of(Samples.well()));
    }

    private static PodSnapshot leaving() {
        return leaving(NOW, Reason.CONTAINER_CRASHING);
    }

    private static PodSnapshot leaving(Instant goneBy, Reason obstacle) {
        return new PodSnapshot(
                Samples.ref("a", "node-1"),
                Custody.IN_SERVICE,
                true,
                true,
                Optional.of(goneBy),
                NOW.minus(MINUTE),
                Optional.of(obstacle),
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.of(Samples.well()));
    }
}

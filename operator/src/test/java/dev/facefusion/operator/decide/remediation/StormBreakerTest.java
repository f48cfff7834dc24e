package dev.facefusion.operator.decide.remediation;

import static dev.facefusion.operator.decide.remediation.Patient.MINUTE;
import static dev.facefusion.operator.decide.remediation.Patient.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.operator.decide.PodHealth;
import dev.facefusion.operator.decide.PodHealth.Ailing;
import dev.facefusion.operator.decide.PodHealth.Draining;
import dev.facefusion.operator.decide.PodHealth.Faulty;
import dev.facefusion.operator.decide.PodHealth.Remedy;
import dev.facefusion.operator.decide.PodHealth.Serving;
import dev.facefusion.operator.decide.PodHealth.Starting;
import dev.facefusion.operator.decide.PodHealth.Unknown;
import dev.facefusion.operator.decide.PodHealth.Unseen;
import dev.facefusion.operator.decide.PodVerdict;
import dev.facefusion.operator.decide.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Half of the pods is a storm, five minutes are calm.
class StormBreakerTest {
    private static final Duration COOLDOWN = MINUTE.multipliedBy(5);
    private static final PodHealth DARK = new Unknown();
    private static final PodHealth STALLED = new Faulty(Reason.INFERENCE_STALLED);
    private static final PodHealth NO_IMAGE = new Faulty(Reason.IMAGE_UNAVAILABLE);
    private static final PodHealth UP = new Serving();
    private static final PodHealth AILING = new Ailing(Reason.VRAM_PRESSURE, Remedy.TREAT);

    record Case(String name, List<PodHealth> pods, boolean storm) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Case> CASES =
            List.of(
                    new Case("nobody is there", List.of(), false),
                    new Case("all is well", List.of(UP, UP), false),
                    new Case("one pod is no storm, though it is all", List.of(DARK), false),
                    new Case("half", List.of(DARK, STALLED, UP, UP), true),
                    new Case("less than half", List.of(DARK, STALLED, UP, UP, UP), false),
                    new Case(
                            "those that still serve count as up",
                            List.of(DARK, DARK, UP, AILING, new Unseen()),
                            false),
                    new Case(
                            "those on their way up or down do not count",
                            List.of(DARK, DARK, UP, UP, new Starting(), new Draining()),
                            true),
                    new Case(
                            "nor do those that no remedy helps",
                            List.of(DARK, DARK, UP, UP, NO_IMAGE),
                            true),
                    new Case(
                            "who fail for a reason of their own",
                            List.of(NO_IMAGE, NO_IMAGE),
                            false),
                    new Case("who ail", List.of(AILING, AILING), false));

    @ParameterizedTest(name = "{0}")
    @FieldSource("CASES")
    void tellsAStormFromAFewSickPods(Case c) {
        // when
        var storm = judge(Optional.empty(), c.pods());

        // then
        assertThat(storm)
                .isEqualTo(
                        c.storm()
                                ? Optional.of(new Storm(NOW, Optional.empty()))
                                : Optional.empty());
    }

    @Test
    void knowsSinceWhenItRages() {
        // given
        var before = new Storm(NOW.minus(MINUTE), Optional.of(NOW.minusSeconds(1)));

        // when
        var storm = judge(Optional.of(before), List.of(DARK, DARK));

        // then
        assertThat(storm).contains(new Storm(NOW.minus(MINUTE), Optional.empty()));
        assertThat(storm).hasValueSatisfying(it -> assertThat(it.raging()).isTrue());
    }

    @Test
    void staysForACooldownOnceItIsCalm() {
        // given
        var raging = new Storm(NOW.minus(MINUTE), Optional.empty());

        // when
        var storm = judge(Optional.of(raging), List.of(UP, UP));

        // then
        assertThat(storm).contains(new Storm(NOW.minus(MINUTE), Optional.of(NOW)));
        assertThat(storm).hasValueSatisfying(it -> assertThat(it.raging()).isFalse());
    }

    @Test
    void isOverWhenCalmHasLastedForTheCooldown() {
        // given
        var since = NOW.minus(COOLDOWN.multipliedBy(2));
        var almost = new Storm(since, Optional.of(NOW.minus(COOLDOWN).plusMillis(1)));
        var over = new Storm(since, Optional.of(NOW.minus(COOLDOWN)));

        // then
        assertThat(judge(Optional.of(almost), List.of(UP, UP))).contains(almost);
        assertThat(judge(Optional.of(over), List.of(UP, UP))).isEmpty();
    }

    @Test
    void countsProcessesThatAreDown() {
        // given
        var down = Patient.named("a").polled(Patient.REFUSING).faulty(Reason.HEALTH_UNREACHABLE);

        // when
        var storm = StormBreaker.judge(Ledger.EMPTY, List.of(down, down), 50, COOLDOWN, NOW);

        // then
        assertThat(storm).isPresent();
    }

    private static Optional<Storm> judge(Optional<Storm> before, List<PodHealth> pods) {
        return StormBreaker.judge(
                new Ledger(before, List.of()), verdicts(pods.stream()), 50, COOLDOWN, NOW);
    }

    private static List<PodVerdict> verdicts(Stream<PodHealth> pods) {
        return pods.map(Patient.named("a")::is).toList();
    }
}

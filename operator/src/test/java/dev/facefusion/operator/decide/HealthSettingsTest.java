package dev.facefusion.operator.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HealthSettingsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    @Test
    void needsOnePollForAVerdict() {
        // then
        assertThat(new Thresholds(1, 1).failures()).isOne();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Thresholds(0, 1))
                .withMessageStartingWith("failureThreshold");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Thresholds(1, 0))
                .withMessageStartingWith("successThreshold");
    }

    @Test
    void givesEverythingSomeTime() {
        // then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Timeouts(Duration.ZERO, SECOND, SECOND))
                .withMessageStartingWith("startupTimeout");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Timeouts(SECOND, Duration.ZERO, SECOND))
                .withMessageStartingWith("stallTimeout");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Timeouts(SECOND, SECOND, Duration.ZERO))
                .withMessageStartingWith("staleAfter");
    }

    @Test
    void endsPressureBelowWhereItBegins() {
        // then
        assertThatIllegalArgumentException().isThrownBy(() -> new Vram(90, 90, SECOND));
    }

    @Test
    void looksAtHalfAnHourOfMemoryAtLeast() {
        // then
        assertThat(new VramTrend(VramTrend.Mode.OFF, HALF_AN_HOUR, SECOND).horizon())
                .isEqualTo(SECOND);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new VramTrend(VramTrend.Mode.OFF, HALF_AN_HOUR.minusSeconds(1), SECOND));
    }
}

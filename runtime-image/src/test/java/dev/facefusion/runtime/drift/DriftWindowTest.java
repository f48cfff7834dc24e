package dev.facefusion.runtime.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftWindowTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final Baseline BASELINE = new Baseline(0.96, 0.04, 0.1, 0.3);

    private final DriftWindow window = new DriftWindow(Optional.of(BASELINE), Duration.ofHours(1));

    @Test
    void saysNothingBeforeTheFirstTask() {
        var figures = window.figures(START);

        assertThat(figures.identitySimilarity()).isNull();
        assertThat(figures.noFaceRatio()).isNull();
        assertThat(figures.drifting()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0.93, 40, false", "0.91, 40, true", "0.5, 19, false", "0.5, 20, true"})
    void driftsWhenEnoughSamplesAreFarFromTheBaseline(
            double similarity, int samples, boolean drifting) {
        // given
        measure(similarity, samples, START);

        // when
        var figures = window.figures(START);

        // then
        assertThat(figures.identitySimilarity()).isEqualTo(similarity, within(1e-9));
        assertThat(figures.samples()).isEqualTo(samples);
        assertThat(figures.drifting()).isEqualTo(drifting);
    }

    @Test
    void isBackOnlyWhenTheFigureIsWellInside() {
        // given
        measure(0.90, 20, START);
        assertThat(window.figures(START).drifting()).isTrue();

        // when: the mean comes to 0.93, inside the band but not by half of it
        measure(0.96, 20, START);

        // then
        assertThat(window.figures(START).drifting()).isTrue();

        // when: 0.945
        measure(0.96, 40, START);

        // then
        assertThat(window.figures(START).drifting()).isFalse();
    }

    @Test
    void driftsWhenFacesAreNoLongerFound() {
        // given
        for (int i = 0; i < 60; i++) {
            window.swapped(START);
        }
        assertThat(window.figures(START).drifting()).isFalse();

        // when
        for (int i = 0; i < 60; i++) {
            window.noFace(START);
        }

        // then
        assertThat(window.figures(START).noFaceRatio()).isEqualTo(0.5);
        assertThat(window.figures(START).drifting()).isTrue();
    }

    @Test
    void forgetsWhatIsOlderThanTheWindow() {
        // given
        measure(0.5, 20, START);
        assertThat(window.figures(START).drifting()).isTrue();

        // when
        var figures = window.figures(START.plus(Duration.ofMinutes(61)));

        // then
        assertThat(figures.samples()).isZero();
        assertThat(figures.drifting()).isFalse();
    }

    @Test
    void judgesNothingWithoutABaseline() {
        // given
        var blind = new DriftWindow(Optional.empty(), Duration.ofHours(1));
        for (int i = 0; i < 100; i++) {
            blind.measured(0, START);
            blind.noFace(START);
        }

        // then
        assertThat(blind.figures(START).drifting()).isFalse();
    }

    private void measure(double similarity, int times, Instant at) {
        for (int i = 0; i < times; i++) {
            window.measured(similarity, at);
        }
    }
}

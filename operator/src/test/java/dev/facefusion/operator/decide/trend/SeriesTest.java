package dev.facefusion.operator.decide.trend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.operator.decide.trend.Forecast.Exhausts;
import dev.facefusion.operator.decide.trend.Forecast.Steady;
import dev.facefusion.operator.decide.trend.Forecast.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Spans are a minute in an hour's window, twelve in a day's.
class SeriesTest {
    private static final TrendSettings HOUR = settings(Duration.ofHours(1));
    private static final TrendSettings DAY = settings(Duration.ofDays(1));
    private static final int SPAN_OF_DAY = 12;

    @Test
    void keepsTheLeastAndTheMostOfASpan() {
        // when
        var series =
                Series.begin(sample(0, 100), HOUR)
                        .after(sample(30, 90), HOUR)
                        .after(sample(59, 95), HOUR);

        // then
        assertThat(series.closed()).isEmpty();
        assertThat(series.open()).isEqualTo(new Minimum(0, 90, 100, OptionalLong.empty()));
    }

    @Test
    void closesASpanWithTheNext() {
        // when
        var series = Series.begin(sample(59, 100), HOUR).after(sample(60, 90), HOUR);

        // then
        assertThat(series.closed()).containsExactly(new Minimum(0, 100, 100, OptionalLong.empty()));
        assertThat(series.open()).isEqualTo(new Minimum(1, 90, 90, OptionalLong.empty()));
    }

    @Test
    void ignoresASampleThatIsOlderThanTheSpan() {
        // given
        var series = Series.begin(sample(60, 100), HOUR);

        // then
        assertThat(series.after(sample(59, 90), HOUR)).isEqualTo(series);
    }

    @Test
    void saysNothingOfFewerThan24Spans() {
        // then: the last span is still open
        assertThat(ofDay(IntStream.range(0, 24)).forecast()).isEqualTo(new Unknown());
        assertThat(ofDay(IntStream.range(0, 25)).forecast()).isEqualTo(new Steady());
    }

    @Test
    void saysNothingWhereMoreThanHalfOfTheSpansAreMissing() {
        // given
        var first = IntStream.range(0, 23).boxed().toList();

        // then: 24 of 48 spans, and 24 of 49
        assertThat(ofDay(spans(first, 47, 48)).forecast()).isEqualTo(new Steady());
        assertThat(ofDay(spans(first, 48, 49)).forecast()).isEqualTo(new Unknown());
    }

    @Test
    void doubtsAForecastForAThirdOfTheWindow() {
        // given
        var far = Instant.EPOCH.plus(Duration.ofDays(2));

        // when
        var doubted = flat(new Exhausts(far), 18, false).after(sample(3660, 1000), HOUR);
        var refuted = flat(new Exhausts(far), 19, false).after(sample(3660, 1000), HOUR);

        // then
        assertThat(doubted.forecast()).isEqualTo(new Exhausts(far));
        assertThat(doubted.doubts()).isEqualTo(19);
        assertThat(refuted.forecast()).isEqualTo(new Steady());
        assertThat(refuted.doubts()).isZero();
    }

    @Test
    void beginsNoAlarmOnAForecastInDoubt() {
        // given: the alarm ends two half hours from the limit
        var near = Instant.EPOCH.plusSeconds(3660).plus(Duration.ofHours(1));
        var far = near.plusSeconds(1);

        // then
        assertThat(alarmed(near, true)).isTrue();
        assertThat(alarmed(far, true)).isFalse();
        assertThat(alarmed(near, false)).isFalse();
    }

    private static boolean alarmed(Instant full, boolean before) {
        return flat(new Exhausts(full), 0, before).after(sample(3660, 1000), HOUR).imminent();
    }

    /// An hour without any growth.
    private static Series flat(Forecast forecast, int doubts, boolean imminent) {
        var closed =
                IntStream.range(0, 60)
                        .mapToObj(i -> new Minimum(i, 1000, 1000, OptionalLong.empty()))
                        .toList();
        return new Series(
                "models",
                new Minimum(60, 1000, 1000, OptionalLong.empty()),
                closed,
                1000,
                forecast,
                doubts,
                imminent);
    }

    private static IntStream spans(List<Integer> first, int... then) {
        return IntStream.concat(first.stream().mapToInt(i -> i), IntStream.of(then));
    }

    /// Flat, with one sample in each of these spans.
    private static Series ofDay(IntStream spans) {
        var seconds = spans.map(span -> span * SPAN_OF_DAY * 60).toArray();
        var series = Series.begin(sample(seconds[0], 1000), DAY);
        for (int second : seconds) {
            series = series.after(sample(second, 1000), DAY);
        }
        return series;
    }

    private static MemorySample sample(int second, int used) {
        return new MemorySample(
                Instant.EPOCH.plusSeconds(second),
                "GPU-1",
                "models",
                used,
                9000,
                OptionalLong.empty());
    }

    private static TrendSettings settings(Duration window) {
        return new TrendSettings(window, Duration.ofMinutes(30));
    }
}

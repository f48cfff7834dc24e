package dev.facefusion.operator.decide.trend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.operator.decide.Samples;
import dev.facefusion.operator.decide.trend.Forecast.Exhausts;
import dev.facefusion.operator.decide.trend.Forecast.Steady;
import dev.facefusion.operator.decide.trend.Forecast.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// One sample a minute, of a GPU that may use 9000 MiB.
class MemoryTrendTest {
    private static final TrendSettings HOUR = settings(Duration.ofHours(1));
    private static final TrendSettings DAY = settings(Duration.ofDays(1));

    @Test
    void saysNothingBeforeHalfAnHour() {
        // then
        assertThat(forecast(30, HOUR, minute -> 1000 + 2 * minute)).isEqualTo(new Unknown());
        assertThat(forecast(31, HOUR, minute -> 1000 + 2 * minute)).isInstanceOf(Exhausts.class);
    }

    @Test
    void foretellsWhenTheMemoryIsFull() {
        // when
        var forecast = forecast(61, HOUR, minute -> 1000 + 2 * minute);

        // then: 60 minima, the last of 1118 MiB; (9000 - 4 - 1118) / 2 minutes after the 60th
        assertThat(forecast).isEqualTo(new Exhausts(at(60).plus(Duration.ofMinutes(3939))));
    }

    @Test
    void isSteadyWhereMemoryFallsOrRests() {
        // then
        assertThat(forecast(61, HOUR, _ -> 1000)).isEqualTo(new Steady());
        assertThat(forecast(61, HOUR, minute -> 1000 - minute)).isEqualTo(new Steady());
    }

    @Test
    void takesAStepForAStep() {
        // then
        for (int step = 0; step < 61; step++) {
            int when = step;
            assertThat(forecast(61, HOUR, minute -> minute < when ? 4000 : 8000))
                    .isEqualTo(new Steady());
        }
    }

    @Test
    void forgetsALeakThatHasStoppedAfterAThirdOfTheWindow() {
        // given
        IntUnaryOperator used = minute -> 1000 + 2 * Math.min(minute, 60);

        // then
        assertThat(forecast(70, HOUR, used)).isInstanceOf(Exhausts.class);
        assertThat(forecast(120, HOUR, used)).isEqualTo(new Steady());
    }

    @Test
    void seesALeakBehindALargeChunkAllocatorInAWindowOfADayOnly() {
        // given: 64 MiB every 38 minutes, about 100 MiB/h
        IntUnaryOperator used = minute -> 1000 + 64 * (minute / 38);

        // then
        assertThat(forecast(24 * 60, HOUR, used)).isEqualTo(new Steady());
        assertThat(forecast(24 * 60, DAY, used)).isInstanceOf(Exhausts.class);
    }

    @Test
    void beginsAnewWithOtherModels() {
        // given
        var trend = after(MemoryTrend.none(), 0, 61, HOUR, minute -> 1000 + 2 * minute);

        // when
        var switched = trend.after(List.of(sample(61, 1200, "other models")), HOUR);

        // then
        assertThat(switched.forecast("GPU-1")).isEqualTo(new Unknown());
    }

    @Test
    void beginsAnewWithAnotherWindow() {
        // given
        var trend = after(MemoryTrend.none(), 0, 61, HOUR, minute -> 1000 + 2 * minute);

        // when
        var rescaled = trend.after(List.of(sample(61, 1200, "models")), DAY);

        // then
        assertThat(rescaled.forecast("GPU-1")).isEqualTo(new Unknown());
    }

    @Test
    void keepsNoMoreThanTheWindow() {
        // when
        var day = after(MemoryTrend.none(), 0, 3000, DAY, minute -> minute);
        var hour = after(MemoryTrend.none(), 0, 3000, HOUR, minute -> minute);

        // then
        assertThat(day.devices().values()).allMatch(series -> series.closed().size() == 120);
        assertThat(hour.devices().values()).allMatch(series -> series.closed().size() == 60);
    }

    @Test
    void keepsNoMoreGpusThanAPodMayHave() {
        // given
        var samples =
                IntStream.range(0, 100)
                        .mapToObj(i ->
                                new MemorySample(at(0), "GPU-" + i, "", 1, 2, OptionalLong.empty()))
                        .toList();

        // when
        var trend = MemoryTrend.none().after(samples, HOUR);

        // then
        assertThat(trend.devices()).hasSize(16);
    }

    private static Forecast forecast(int minutes, TrendSettings settings, IntUnaryOperator used) {
        return after(MemoryTrend.none(), 0, minutes, settings, used).forecast("GPU-1");
    }

    private static MemoryTrend after(
            MemoryTrend before, int from, int to, TrendSettings settings, IntUnaryOperator used) {
        var trend = before;
        for (int minute = from; minute < to; minute++) {
            trend =
                    trend.after(
                            List.of(sample(minute, used.applyAsInt(minute), "models")), settings);
        }
        return trend;
    }

    private static MemorySample sample(int minute, int used, String load) {
        return new MemorySample(at(minute), "GPU-1", load, used, 9000, OptionalLong.empty());
    }

    private static Instant at(int minute) {
        return Samples.NOW.plus(Duration.ofMinutes(minute));
    }

    private static TrendSettings settings(Duration window) {
        return new TrendSettings(window, Duration.ofMinutes(30));
    }
}

package dev.facefusion.operator.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "2, 2",
        "3, 2",
        "4, 5",
        "7, 5",
        "8, 10",
        "14, 10",
        "16, 20",
        "480, 500",
        "700, 500",
        "800, 1000",
        "2147483647, 2000000000"
    })
    void roundsToTheSeries(int value, int bucket) {
        assertThat(Buckets.series(value, OptionalInt.empty())).isEqualTo(bucket);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "2, 0", "3, 5", "62, 60", "63, 65", "100, 100"})
    void roundsToStepsOfFivePercent(int value, int bucket) {
        assertThat(Buckets.percent(value, OptionalInt.empty())).isEqualTo(bucket);
    }

    @Test
    void staysWhileALatencyTremblesAboutAnEdge() {
        // given
        var noisy = IntStream.of(740, 760, 735, 790, 700, 755);

        // when
        var shown = noisy.map(value -> Buckets.series(value, OptionalInt.of(500)));

        // then
        assertThat(shown.distinct().toArray()).containsExactly(500);
    }

    @Test
    void staysWhileMemoryTremblesAboutAnEdge() {
        // given
        var noisy = IntStream.of(62, 63, 61, 64, 59);

        // when
        var shown = noisy.map(value -> Buckets.percent(value, OptionalInt.of(60)));

        // then
        assertThat(shown.distinct().toArray()).containsExactly(60);
    }

    @Test
    void leavesWhenTheValueIsClearlyElsewhere() {
        assertThat(Buckets.series(1000, OptionalInt.of(500))).isEqualTo(1000);
        assertThat(Buckets.percent(65, OptionalInt.of(60))).isEqualTo(65);
        assertThat(Buckets.series(0, OptionalInt.of(1))).isZero();
    }
}

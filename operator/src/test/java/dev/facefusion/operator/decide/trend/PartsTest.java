package dev.facefusion.operator.decide.trend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartsTest {
    @Test
    void areEquallyLong() {
        // given
        var x = IntStream.rangeClosed(0, 18).asDoubleStream().toArray();

        // then
        assertThat(Parts.bound(x, 0)).isZero();
        assertThat(Parts.bound(x, 1)).isEqualTo(6);
        assertThat(Parts.bound(x, 2)).isEqualTo(12);
        assertThat(Parts.bound(x, 3)).isEqualTo(19);
    }

    @Test
    void haveTheLevelOfTheirMedianAndTheRiseBetweenTheirHalves() {
        // given
        var x = IntStream.range(0, 18).asDoubleStream().toArray();
        double[] memory = {
            0, 1, 2, 10, 11, 12, 100, 100, 100, 103, 103, 103, 200, 200, 200, 210, 210, 210
        };

        // when
        var parts = Parts.of(x, memory);

        // then: the levels are 6, 101.5 and 205; within the parts it is twice 10, 3 and 10
        assertThat(parts).isEqualTo(new Parts(true, 6, 95.5, 103.5, 6));
    }

    @Test
    void areNoneOfFewerThanSixValues() {
        // given
        var x = IntStream.range(0, 17).asDoubleStream().toArray();

        // then
        assertThat(Parts.of(x, x.clone()).enough()).isFalse();
    }

    @ParameterizedTest(name = "{0} and {1} MiB, at least {2} within: {3}")
    @CsvSource({
        "60, 60, 60, true",
        "30, 90, 60, true",
        "29, 91, 60, false",
        "90, 30, 60, true",
        "91, 29, 60, false",
        "60, 60, 14, true",
        "60, 60, 13.9, false",
        "0, 0, 0, false",
        "-60, -60, 60, false"
    })
    void riseEvenly(double first, double second, double least, boolean evenly) {
        // then
        assertThat(new Parts(true, 1000, first, second, least).evenlyRising()).isEqualTo(evenly);
        assertThat(new Parts(false, 1000, first, second, least).evenlyRising()).isFalse();
    }

    @ParameterizedTest(name = "from 1000 by 100 MiB, where {0} MiB were seen before: {1}")
    @CsvSource({"1000, true", "1070, true", "1070.5, false", "1100, false"})
    void goBeyondWhatWasSeenBefore(double level, boolean beyond) {
        // then
        assertThat(new Parts(true, 1000, 60, 40, 100).beyond(level)).isEqualTo(beyond);
    }

    @Test
    void reachNoFurtherThanAFadingRiseWouldCarry() {
        // given: half as much and a page in the second step; from 1073 MiB it is 11.5, 5.75, …
        var fading = new Parts(true, 1000, 50, 23, 50);

        // then: 23 MiB beyond the third part's level, of which 7 have come
        assertThat(fading.reach(1080)).isEqualTo(16);
    }

    @Test
    void reachAnywhereWhereTheRiseDoesNotFade() {
        // then
        assertThat(new Parts(true, 1000, 50, 50, 50).reach(1100)).isInfinite();
    }
}

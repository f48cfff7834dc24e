package dev.facefusion.operator.decide.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/// Against SciPy and the textbook; the figures are from `src/test/python/trend_reference.py`.
class TrendReferenceTest {
    @ParameterizedTest(name = "{0}")
    @CsvFileSource(
            resources = "/trend/reference.csv",
            delimiter = ';',
            useHeadersInDisplayName = false,
            numLinesToSkip = 1,
            maxCharsPerColumn = 8192)
    void agreesWithTheReference(
            String name, String list, long s, double variance, double z, double slope) {
        // given
        var values = Stream.of(list.split(" ")).mapToDouble(Double::parseDouble).toArray();
        var time = IntStream.range(0, values.length).mapToDouble(i -> i).toArray();

        // when
        var test = MannKendall.of(values);

        // then
        assertThat(test.s()).as(name).isEqualTo(s);
        assertThat(test.variance()).isCloseTo(variance, within(1e-9));
        assertThat(test.z()).isCloseTo(z, within(1e-12));
        assertThat(TheilSen.slope(time, values)).isCloseTo(slope, within(1e-12));
    }

    @Test
    void countsNoPairsOfTheSameX() {
        // when
        double slope = TheilSen.slope(new double[] {0, 0, 1, 1}, new double[] {0, 9, 2, 9});

        // then: of the slopes 2, 9, -7 and 0
        assertThat(slope).isEqualTo(1);
    }

    @Test
    void hasNoMedianOfNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> Median.of(new double[0]));
    }
}

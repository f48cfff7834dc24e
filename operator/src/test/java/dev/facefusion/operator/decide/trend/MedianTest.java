package dev.facefusion.operator.decide.trend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MedianTest {
    @Test
    void isTheMiddleOfAnOddNumberAndBetweenTheMiddleOnesOfAnEven() {
        // then
        assertThat(Median.of(new double[] {7})).isEqualTo(7);
        assertThat(Median.of(new double[] {3, 1, 2})).isEqualTo(2);
        assertThat(Median.of(new double[] {4, 1, 8, 2})).isEqualTo(3);
    }

    @Test
    void isWhatSortingWouldFind() {
        for (int length = 1; length <= 5; length++) {
            // given: every list of the numbers 0 to 4
            int lists = (int) Math.pow(5, length);
            for (int list = 0; list < lists; list++) {
                var values = digits(list, length);
                var sorted = values.clone();
                Arrays.sort(sorted);

                // when
                double median = Median.of(values);

                // then
                double between = sorted[(length - 1) / 2] + sorted[length / 2];
                assertThat(median).as("%s", Arrays.toString(sorted)).isEqualTo(between / 2);
            }
        }
    }

    private static double[] digits(int number, int length) {
        return IntStream.iterate(number, rest -> rest / 5)
                .limit(length)
                .mapToDouble(rest -> rest % 5)
                .toArray();
    }
}

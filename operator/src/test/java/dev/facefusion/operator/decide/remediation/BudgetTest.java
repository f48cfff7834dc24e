package dev.facefusion.operator.decide.remediation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetTest {
    @ParameterizedTest
    @CsvSource({"0, 9, 0", "2, 9, 2", "5, 3, 5"})
    void isANumberOfPodsWhateverTheFleet(int pods, int desired, int expected) {
        // then
        assertThat(new Budget.Count(pods).of(desired)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"30, 9, 2", "50, 4, 2", "100, 3, 3", "10, 9, 1", "0, 9, 1"})
    void isAShareOfTheFleetRoundedDownAndAtLeastOnePod(int percent, int desired, int expected) {
        // then
        assertThat(new Budget.Percent(percent).of(desired)).isEqualTo(expected);
    }
}

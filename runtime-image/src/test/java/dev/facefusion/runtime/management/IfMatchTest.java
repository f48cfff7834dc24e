package dev.facefusion.runtime.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IfMatchTest {

    private static final String INSTANCE = "b7a6";

    @Test
    void admitsARequestThatSetsNoCondition() {
        assertThat(new IfMatch(List.of()).admits(INSTANCE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"b7a6\"", "*", "\"0001\", \"b7a6\"", " \"b7a6\" ,\"0001\""})
    void admitsOneForThisInstance(String field) {
        assertThat(new IfMatch(List.of(field)).admits(INSTANCE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"0001\"", "b7a6", "W/\"b7a6\"", "", "\"b7a\"", "\"b7a6*\"", "\"B7A6\""})
    void turnsAwayAnyOther(String field) {
        assertThat(new IfMatch(List.of(field)).admits(INSTANCE)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"'\"0001\";\"b7a6\"', true", "'\"0001\";\"0002\"', false"})
    void readsEveryLineOfTheHeader(String lines, boolean admitted) {
        var condition = new IfMatch(Arrays.asList(lines.split(";", -1)));

        assertThat(condition.admits(INSTANCE)).isEqualTo(admitted);
    }
}

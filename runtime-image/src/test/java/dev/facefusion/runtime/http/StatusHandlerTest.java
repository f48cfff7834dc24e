package dev.facefusion.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusHandlerTest {

    @ParameterizedTest(name = "{0} tasks of {1} ms on {2} workers wait {3} s")
    @CsvSource({"0, 900, 1, 0", "1, 1, 1, 1", "4, 500, 1, 2", "5, 500, 1, 3", "5, 500, 2, 2"})
    void sharesTheTimeOfTheTasksAmongTheWorkers(
            long tasks, long medianMillis, int workers, long seconds) {
        assertThat(StatusHandler.secondsFor(tasks, medianMillis, workers)).isEqualTo(seconds);
    }
}

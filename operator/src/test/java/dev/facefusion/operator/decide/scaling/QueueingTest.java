package dev.facefusion.operator.decide.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The expected numbers are from Erlang's formula as textbooks write it, with factorials, in exact
/// fractions; it gives 1/3 for one task on two servers and 0.409 for eight on ten, as they do.
class QueueingTest {
    @ParameterizedTest(name = "{0} tasks of {2} ms, {1} a pod, {3} ms of patience: {5} of {4} pods")
    @CsvSource({
        "0, 1, 1000, 5000, 8, 1",
        "0.9, 1, 100, 5000, 8, 2",
        "0.9, 1, 1000, 5000, 8, 3",
        "0.9, 1, 3000, 5000, 8, 4",
        "2.5, 1, 1000, 5000, 8, 4",
        "2.5, 1, 60000, 5000, 20, 9",
        "6.9, 1, 1000, 5000, 12, 9",
        "6.9, 1, 1000, 5000, 8, 8",
        "6.9, 2, 1000, 5000, 12, 5",
        "12, 4, 1000, 5000, 12, 4",
        "200, 1, 300, 5000, 1000, 201"
    })
    void findsTheFewestPodsThatKeepTasksFromWaiting(
            double tasks, int concurrency, long taskMillis, long targetMillis, int most, int pods) {
        // given
        var queueing = new Queueing(tasks, concurrency, Duration.ofMillis(taskMillis));

        // when
        int fewest = queueing.fewestPods(Duration.ofMillis(targetMillis), most);

        // then
        assertThat(fewest).isEqualTo(pods);
    }
}

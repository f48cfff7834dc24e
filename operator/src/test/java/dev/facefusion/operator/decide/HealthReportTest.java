package dev.facefusion.operator.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.operator.decide.HealthReport.State;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthReportTest {
    /// -1 stands for what the pod does not report.
    @ParameterizedTest(name = "{0}, {1} in flight, silent for {2} s: {3}")
    @CsvSource({
        "HEALTHY, 1, 121, true",
        "HEALTHY, 1, 120, false",
        "HEALTHY, 0, 500, false",
        "STALLED, 1, 120, false",
        "STALLED, -1, 500, true",
        "STALLED, 1, -1, true",
        "HEALTHY, -1, 500, false",
        "HEALTHY, 1, -1, false"
    })
    void callsAStallWhatDoesNotMoveForTwoMinutes(
            State state, int inFlight, int silence, boolean stalled) {
        // given
        var sample = Samples.report();
        var report =
                new HealthReport(
                        state,
                        sample.models(),
                        sample.accelerator(),
                        new Tasks(
                                told(inFlight),
                                OptionalInt.of(0),
                                OptionalLong.empty(),
                                told(silence)),
                        sample.inferenceP50Milliseconds(),
                        sample.inferenceP95Milliseconds(),
                        sample.gpus(),
                        sample.gpusAgeSeconds(),
                        sample.instance(),
                        sample.modelDigest());

        // then
        assertThat(report.stalled(Duration.ofMinutes(2))).isEqualTo(stalled);
    }

    private static OptionalInt told(int figure) {
        return figure < 0 ? OptionalInt.empty() : OptionalInt.of(figure);
    }
}

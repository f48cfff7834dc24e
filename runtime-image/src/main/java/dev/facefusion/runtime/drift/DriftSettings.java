package dev.facefusion.runtime.drift;

import dev.facefusion.runtime.config.Environment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How the models are watched.
///
/// @param selfTest whether the golden sample is swapped at warm-up and on demand
/// @param selfTestPeriod how often at most on demand
/// @param sampleEvery of so many swaps one is measured; 0 for none
/// @param window over which figures are taken
/// @param baseline file; empty for the one beside the models
public record DriftSettings(
        boolean selfTest,
        Duration selfTestPeriod,
        int sampleEvery,
        Duration window,
        Optional<Path> baseline) {

    /// The settings of the environment.
    public static DriftSettings from(Environment environment) {
        return new DriftSettings(
                environment.oneOf("SELF_TEST", List.of("on", "off")).equals("on"),
                environment.seconds("SELF_TEST_PERIOD_SECONDS", 60),
                environment.number("DRIFT_SAMPLE_EVERY", 20, 0, 1_000_000),
                environment.seconds("DRIFT_WINDOW_SECONDS", 3600, 60),
                environment.path("DRIFT_BASELINE"));
    }
}

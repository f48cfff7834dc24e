package dev.facefusion.operator.decide.scaling;

import dev.facefusion.operator.decide.scaling.PodLoad.Known;
import dev.facefusion.operator.decide.scaling.PodLoad.Missing;
import dev.facefusion.operator.decide.scaling.ScalingPolicy.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// Values to start test cases from: the API's defaults, and pods that take a second for a task.
final class Loads {
    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    static final Rate UP = new Rate(Duration.ZERO, 4, Duration.ofMinutes(1));
    static final Rate DOWN = new Rate(Duration.ofMinutes(5), 1, Duration.ofMinutes(1));
    static final ScalingPolicy POLICY = policy(1, 8, UP, DOWN);

    private Loads() {}

    static ScalingPolicy policy(int min, int max, Rate up, Rate down) {
        return new ScalingPolicy(
                min, max, Duration.ofSeconds(5), 10, up, down, 1, 32, Duration.ofSeconds(10));
    }

    /// A pod that runs one task and has others wait.
    static PodLoad busy(int queued) {
        return new Known(1, queued, OptionalInt.of(1000));
    }

    /// A pod that has never finished a task.
    static PodLoad unpriced(int inFlight, int queued) {
        return new Known(inFlight, queued, OptionalInt.empty());
    }

    static PodLoad idle() {
        return new Known(0, 0, OptionalInt.of(1000));
    }

    static PodLoad missing() {
        return new Missing();
    }

    static List<PodLoad> pods(int count, PodLoad load) {
        return Collections.nCopies(count, load);
    }

    static List<PodLoad> pods(PodLoad... loads) {
        return List.of(loads);
    }

    static List<PodLoad> and(List<PodLoad> some, PodLoad... others) {
        return Stream.concat(some.stream(), Stream.of(others)).toList();
    }

    static ScalingMemory fresh(int replicas) {
        return ScalingMemory.begin(NOW, replicas, Optional.empty());
    }
}

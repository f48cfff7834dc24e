package dev.facefusion.operator.decide.scaling;

import dev.facefusion.operator.decide.scaling.PodLoad.Known;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// What the pods in service have to do.
///
/// @param known pods that tell
/// @param queued tasks that wait
/// @param busyPods pods' worth of tasks that run
/// @param workMilliseconds of one pod, until all tasks are done; empty where no pod can price them
record Demand(int known, long queued, double busyPods, OptionalDouble workMilliseconds) {
    static Demand of(List<PodLoad> pods, int concurrency) {
        var known = pods.stream().filter(Known.class::isInstance).map(Known.class::cast).toList();
        return new Demand(
                known.size(),
                known.stream().mapToLong(Known::queued).sum(),
                known.stream().mapToLong(Known::inFlight).sum() / (double) concurrency,
                work(known, concurrency));
    }

    /// A pod that can't tell its own time yet is taken to be as fast as the others.
    private static OptionalDouble work(List<Known> pods, int concurrency) {
        if (pods.stream().allMatch(pod -> pod.tasks() == 0)) {
            return OptionalDouble.of(0);
        }
        var others =
                pods.stream()
                        .map(Known::p50Milliseconds)
                        .flatMapToInt(OptionalInt::stream)
                        .average();
        if (others.isEmpty()) {
            return OptionalDouble.empty();
        }
        double work = 0;
        for (var pod : pods) {
            var p50 = pod.p50Milliseconds();
            work += pod.tasks() * (p50.isPresent() ? p50.getAsInt() : others.getAsDouble());
        }
        return OptionalDouble.of(work / concurrency);
    }

    /// Of a task that comes now.
    Optional<Duration> expectedWait() {
        return known == 0 || workMilliseconds.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Duration.ofMillis(Math.round(workMilliseconds.getAsDouble() / known)));
    }
}

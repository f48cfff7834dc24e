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
/// @param inFlight tasks that run
/// @param queued tasks that wait
/// @param p50Milliseconds of a task; empty where no pod has finished one
/// @param workMilliseconds until one pod that did one task at a time had done them all; empty where
///   there are tasks that nobody can price
record Demand(
        int known,
        int inFlight,
        int queued,
        OptionalDouble p50Milliseconds,
        OptionalDouble workMilliseconds) {

    static Demand of(List<PodLoad> pods) {
        var known = pods.stream().filter(Known.class::isInstance).map(Known.class::cast).toList();
        var p50 = known.stream().map(Known::p50Milliseconds).flatMapToInt(OptionalInt::stream);
        var average = p50.average();
        return new Demand(
                known.size(),
                known.stream().mapToInt(Known::inFlight).sum(),
                known.stream().mapToInt(Known::queued).sum(),
                average,
                work(known, average));
    }

    /// A pod that can't tell its own time yet is taken to be as fast as the others.
    private static OptionalDouble work(List<Known> pods, OptionalDouble average) {
        double work = 0;
        for (var pod : pods) {
            if (pod.tasks() > 0) {
                if (average.isEmpty()) {
                    return OptionalDouble.empty();
                }
                var own = pod.p50Milliseconds();
                work += pod.tasks() * (own.isPresent() ? own.getAsInt() : average.getAsDouble());
            }
        }
        return OptionalDouble.of(work);
    }

    /// Of a task that comes now.
    Optional<Duration> expectedWait(int concurrency) {
        return known == 0 || workMilliseconds.isEmpty()
                ? Optional.empty()
                : Optional.of(millis(workMilliseconds.getAsDouble() / concurrency / known));
    }

    Optional<Duration> task() {
        return p50Milliseconds.isPresent()
                ? Optional.of(millis(Math.max(1, p50Milliseconds.getAsDouble())))
                : Optional.empty();
    }

    private static Duration millis(double milliseconds) {
        return Duration.ofMillis(Math.round(milliseconds));
    }
}

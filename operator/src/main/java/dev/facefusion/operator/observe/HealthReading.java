package dev.facefusion.operator.observe;

import dev.facefusion.operator.decide.Buckets;
import dev.facefusion.operator.decide.HealthReport;
import dev.facefusion.operator.decide.HealthTrack;
import dev.facefusion.operator.decide.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The part of a pod's track that is worth waking the loop for: no times, no running counters, and
/// figures only in buckets. Equal readings mean that nothing has happened.
record HealthReading(
        PodInstance instance,
        Standing standing,
        boolean answered,
        Signs signs,
        Optional<Figures> figures) {

    /// What the reports show over time.
    record Signs(boolean slow, boolean pressed, boolean swelling, boolean leaking) {
        static Signs of(HealthTrack track) {
            return new Signs(track.slow(), track.pressed(), track.swelling(), track.leaking());
        }
    }

    record Figures(
            HealthReport.State state,
            HealthReport.Models models,
            HealthReport.Accelerator accelerator,
            OptionalInt queuedTasks,
            OptionalInt inferenceP95Milliseconds,
            List<OptionalInt> memoryUsedPercent) {}

    static HealthReading of(PodInstance instance, HealthTrack track) {
        return new HealthReading(
                        instance,
                        track.standing(),
                        track.answered(),
                        Signs.of(track),
                        Optional.empty())
                .next(track);
    }

    /// The reading after one more poll; figures stay in the bucket they were in while they can.
    HealthReading next(HealthTrack track) {
        return new HealthReading(
                instance,
                track.standing(),
                track.answered(),
                Signs.of(track),
                track.lastReport().map(report -> figures(report, figures)));
    }

    private static Figures figures(HealthReport report, Optional<Figures> before) {
        return new Figures(
                report.state(),
                report.models(),
                report.accelerator(),
                series(report.tasks().queued(), before.map(Figures::queuedTasks)),
                series(
                        report.inferenceP95Milliseconds(),
                        before.map(Figures::inferenceP95Milliseconds)),
                memory(report, before));
    }

    private static List<OptionalInt> memory(HealthReport report, Optional<Figures> before) {
        var shown = before.map(Figures::memoryUsedPercent).orElse(List.of());
        var memory = new ArrayList<OptionalInt>();
        for (int i = 0; i < report.gpus().size(); i++) {
            var last = i < shown.size() ? shown.get(i) : OptionalInt.empty();
            var used = report.gpus().get(i).memoryUsedPercent();
            memory.add(
                    used.isPresent()
                            ? OptionalInt.of(Buckets.percent(used.getAsInt(), last))
                            : OptionalInt.empty());
        }
        return List.copyOf(memory);
    }

    private static OptionalInt series(OptionalInt value, Optional<OptionalInt> shown) {
        return value.isPresent()
                ? OptionalInt.of(
                        Buckets.series(value.getAsInt(), shown.orElse(OptionalInt.empty())))
                : OptionalInt.empty();
    }
}

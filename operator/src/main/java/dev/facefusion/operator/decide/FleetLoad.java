package dev.facefusion.operator.decide;

import dev.facefusion.operator.decide.HealthPolicy.GpuMemory;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Sums and maxima over the pods whose reports count; empty where no pod reports the figure.
public record FleetLoad(
        OptionalInt gpus,
        OptionalInt vramUsedPercentMax,
        OptionalInt queuedTasks,
        OptionalInt inferenceP95Milliseconds) {

    static FleetLoad of(List<PodVerdict> verdicts, GpuMemory gpuMemory) {
        var reports = verdicts.stream().flatMap(verdict -> verdict.report().stream()).toList();
        var gpus = reports.stream().map(HealthReport::gpus).flatMap(Collection::stream).toList();
        return new FleetLoad(
                gpus.isEmpty() ? OptionalInt.empty() : OptionalInt.of(gpus.size()),
                gpuMemory == GpuMemory.SHARED
                        ? OptionalInt.empty()
                        : present(gpus, Gpu::memoryUsedPercent).max(),
                sum(present(reports, report -> report.tasks().queued()).toArray()),
                present(reports, HealthReport::inferenceP95Milliseconds).max());
    }

    private static <T> IntStream present(List<T> items, Function<T, OptionalInt> figure) {
        return items.stream().map(figure).flatMapToInt(OptionalInt::stream);
    }

    private static OptionalInt sum(int[] values) {
        return values.length == 0
                ? OptionalInt.empty()
                : OptionalInt.of(IntStream.of(values).sum());
    }
}

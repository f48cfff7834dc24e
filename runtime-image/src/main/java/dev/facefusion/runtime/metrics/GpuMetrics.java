package dev.facefusion.runtime.metrics;

import dev.facefusion.runtime.gpu.Gpu;
import dev.facefusion.runtime.gpu.GpuFigures;
import dev.facefusion.runtime.gpu.ThrottleReason;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The GPUs as last read, by UUID. What is stale has no series but its age: an old figure under a
/// new time would be a wrong one.
public final class GpuMetrics implements MultiCollector {

    private static final double PERCENT = 100;
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final double HERTZ_PER_MEGAHERTZ = 1e6;

    private final Supplier<GpuFigures> gpus;

    public GpuMetrics(Supplier<GpuFigures> gpus) {
        this.gpus = gpus;
    }

    @Override
    public MetricSnapshots collect() {
        var seen = gpus.get();
        var figures = new Figures();
        figures.gauge(
                "fusion_gpu_telemetry_age_seconds",
                "Time since the GPUs were last read",
                Labels.EMPTY,
                seconds(seen.age()));
        if (!seen.stale()) {
            seen.known().forEach(gpu -> add(figures, gpu));
        }
        return figures.snapshots();
    }

    private static void add(Figures figures, Gpu gpu) {
        var uuid = gpu.identity().uuid();
        if (uuid == null) {
            return;
        }
        var labels = Labels.of("uuid", uuid);
        memory(figures, labels, gpu);
        board(figures, labels, gpu.board());
        errors(figures, labels, gpu.errors());
        figures.gauge(
                        "fusion_gpu_lost",
                        "1 if the GPU is not reached any more",
                        labels,
                        gpu.state() == Gpu.State.LOST ? 1 : 0)
                .gauge(
                        "fusion_gpu_utilization_ratio",
                        "Share of the last sample period in which a kernel ran",
                        labels,
                        gpu.utilizationPercent() == null
                                ? null
                                : (Double) (gpu.utilizationPercent() / PERCENT))
                .gauge(
                        "fusion_gpu_compute_processes",
                        "Compute processes on the GPU",
                        labels,
                        gpu.computeProcesses());
    }

    private static void memory(Figures figures, Labels labels, Gpu gpu) {
        var memory = gpu.memory();
        if (memory == null) {
            return;
        }
        figures.gauge(
                        "fusion_gpu_memory_used_bytes",
                        "Memory that processes hold",
                        labels,
                        memory.used())
                .gauge("fusion_gpu_memory_free_bytes", "Free memory", labels, memory.free())
                .gauge(
                        "fusion_gpu_memory_reserved_bytes",
                        "Memory kept by driver and firmware",
                        labels,
                        memory.reserved())
                .gauge(
                        "fusion_gpu_memory_total_bytes",
                        "Memory of the GPU or of the slice",
                        labels,
                        memory.total())
                .gauge(
                        "fusion_gpu_memory_process_bytes",
                        "Memory that this process holds",
                        labels,
                        gpu.processMemoryBytes());
    }

    private static void board(Figures figures, Labels labels, Gpu.Board board) {
        var clock = board.smClockMegahertz();
        figures.gauge(
                        "fusion_gpu_temperature_celsius",
                        "Temperature",
                        labels,
                        board.temperatureCelsius())
                .gauge("fusion_gpu_power_watts", "Power drawn", labels, board.powerWatts())
                .gauge(
                        "fusion_gpu_power_limit_watts",
                        "Power limit in force",
                        labels,
                        board.powerLimitWatts())
                .gauge(
                        "fusion_gpu_sm_clock_hertz",
                        "Clock of the multiprocessors",
                        labels,
                        clock == null ? null : (Double) (clock * HERTZ_PER_MEGAHERTZ));
        var active = board.throttleReasons();
        if (active != null) {
            for (var reason : ThrottleReason.values()) {
                figures.gauge(
                        "fusion_gpu_throttled",
                        "1 if the reason holds the clock down",
                        labels.add("reason", reason.id()),
                        active.contains(reason) ? 1 : 0);
            }
        }
    }

    private static void errors(Figures figures, Labels labels, Gpu.Errors errors) {
        figures.gauge(
                        "fusion_gpu_ecc_uncorrected_errors",
                        "Memory errors not corrected since the driver was loaded",
                        labels,
                        errors.eccUncorrected())
                .gauge(
                        "fusion_gpu_ecc_corrected_errors",
                        "Memory errors corrected since the driver was loaded",
                        labels,
                        errors.eccCorrected())
                .gauge(
                        "fusion_gpu_row_remap_pending",
                        "1 if a bad row of memory waits for a reset",
                        labels,
                        flag(errors.remapPending()))
                .gauge(
                        "fusion_gpu_row_remap_failed",
                        "1 if a bad row of memory could not be replaced",
                        labels,
                        flag(errors.remapFailed()));
        errors.xids()
                .forEach((xid, count) ->
                        figures.counter(
                                "fusion_gpu_xid",
                                "Errors that the driver reported, by Xid",
                                labels.add("xid", Integer.toString(xid)),
                                count));
    }

    private static @Nullable Integer flag(@Nullable Boolean value) {
        return value == null ? null : (Integer) (value ? 1 : 0);
    }

    private static @Nullable Double seconds(@Nullable Duration duration) {
        return duration == null ? null : (Double) (duration.toMillis() / MILLIS_PER_SECOND);
    }
}

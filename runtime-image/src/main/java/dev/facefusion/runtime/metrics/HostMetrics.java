package dev.facefusion.runtime.metrics;

import dev.facefusion.runtime.host.HostUsage;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the host and the container give this process, as last measured.
public final class HostMetrics implements MultiCollector {

    private static final double PERCENT = 100;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Supplier<HostUsage> usage;

    public HostMetrics(Supplier<HostUsage> usage) {
        this.usage = usage;
    }

    @Override
    public MetricSnapshots collect() {
        var seen = usage.get();
        var strain = seen.strain();
        return new Figures()
                .gauge(
                        "fusion_cpu_usage_ratio",
                        "CPU time used, of the container's limit or else of the host",
                        Labels.EMPTY,
                        ratio(seen.cpuPercent()))
                .gauge(
                        "fusion_memory_used_bytes",
                        "Memory used, without page cache that can be dropped",
                        Labels.EMPTY,
                        seen.memoryUsedBytes())
                .gauge(
                        "fusion_memory_limit_bytes",
                        "The container's memory limit, or else the host's memory",
                        Labels.EMPTY,
                        seen.memoryTotalBytes())
                .gauge("fusion_processes", "Processes in the pod", Labels.EMPTY, seen.processes())
                .gauge(
                        "fusion_cpu_throttled_ratio",
                        "Share of the CPU limit's periods in which the container was stopped",
                        Labels.EMPTY,
                        ratio(strain.throttledPercent()))
                .gauge(
                        "fusion_cpu_pressure_ratio",
                        "Share of the last ten seconds in which something waited for a CPU",
                        Labels.EMPTY,
                        ratio(strain.cpuPressurePercent()))
                .gauge(
                        "fusion_memory_pressure_ratio",
                        "Share of the last ten seconds in which something waited for memory",
                        Labels.EMPTY,
                        ratio(strain.memoryPressurePercent()))
                .counter(
                        "fusion_cpu_throttled_seconds",
                        "Time for which the container was stopped at its CPU limit",
                        Labels.EMPTY,
                        seconds(strain.throttled()))
                .counter(
                        "fusion_oom_kills",
                        "Processes killed for want of memory in the container",
                        Labels.EMPTY,
                        strain.oomKills())
                .snapshots();
    }

    private static @Nullable Double ratio(@Nullable Double percent) {
        return percent == null ? null : (Double) (percent / PERCENT);
    }

    private static @Nullable Double seconds(@Nullable Duration duration) {
        return duration == null ? null : (Double) (duration.toNanos() / NANOS_PER_SECOND);
    }
}

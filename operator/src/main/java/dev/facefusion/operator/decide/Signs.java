package dev.facefusion.operator.decide;

import dev.facefusion.operator.decide.HealthPolicy.GpuMemory;
import dev.facefusion.operator.decide.HealthReport.Models;
import dev.facefusion.operator.decide.Sustained.Level;
import dev.facefusion.operator.decide.Sustained.Pace;
import dev.facefusion.operator.decide.trend.MemorySample;
import dev.facefusion.operator.decide.trend.MemoryTrend;
import dev.facefusion.operator.decide.trend.TrendSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// What one container's reports show over time: slow inference, full memory, memory that leaks. A
/// figure that is not reported switches its sign off.
///
/// @param slow whether the 95th percentile is high
/// @param pressure whether the fullest GPU is
/// @param trend where the memory is heading
record Signs(Sustained slow, Sustained pressure, MemoryTrend trend) {
    /// The runtime reads its GPUs every second, and calls figures stale after 10 s.
    private static final Duration FRESH = Duration.ofSeconds(30);

    static final Signs NONE = new Signs(Sustained.NOT, Sustained.NOT, MemoryTrend.none());

    Signs after(HealthReport report, Instant at, HealthPolicy policy) {
        var age = Duration.ofSeconds(report.gpusAgeSeconds().orElse(0));
        var read = at.minus(age);
        var latency = slow(report, at, policy);
        return age.compareTo(FRESH) > 0
                ? new Signs(latency, pressure, trend)
                : new Signs(latency, pressure(report, read, policy), trend(report, read, policy));
    }

    private Sustained slow(HealthReport report, Instant at, HealthPolicy policy) {
        var p95 = report.inferenceP95Milliseconds();
        if (p95.isEmpty()) {
            return Sustained.NOT;
        }
        var latency = policy.latency();
        var level = p95.getAsInt() >= latency.slowMilliseconds() ? Level.HIGH : Level.LOW;
        var pace = new Pace(latency.sustained(), latency.sustained(), policy.timeouts().stale());
        return slow.after(level, at, pace);
    }

    private Sustained pressure(HealthReport report, Instant read, HealthPolicy policy) {
        var fullest =
                report.gpus().stream()
                        .map(Gpu::memoryUsedPercent)
                        .flatMapToInt(OptionalInt::stream)
                        .max();
        if (fullest.isEmpty() || policy.gpuMemory() == GpuMemory.SHARED) {
            return Sustained.NOT;
        }
        var vram = policy.vram();
        var pace = new Pace(vram.sustained(), Duration.ZERO, policy.timeouts().stale());
        return pressure.after(vram.level(fullest.getAsInt()), read, pace);
    }

    private MemoryTrend trend(HealthReport report, Instant read, HealthPolicy policy) {
        var settings = policy.vramTrend();
        if (settings.mode() == VramTrend.Mode.OFF) {
            return MemoryTrend.none();
        }
        if (report.models() == Models.NOT_LOADED) {
            return trend;
        }
        var samples =
                report.gpus().stream()
                        .flatMap(gpu -> sample(gpu, report, read, policy).stream())
                        .toList();
        return samples.isEmpty()
                ? trend
                : trend.after(samples, new TrendSettings(settings.window(), settings.horizon()));
    }

    private static Optional<MemorySample> sample(
            Gpu gpu, HealthReport report, Instant read, HealthPolicy policy) {
        boolean shared = policy.gpuMemory() == GpuMemory.SHARED;
        var own = shared ? gpu.processUsedMebibytes() : gpu.memoryUsedMebibytes();
        if (Stream.of(gpu.memoryUsedMebibytes(), gpu.memoryTotalMebibytes(), own)
                        .anyMatch(OptionalInt::isEmpty)
                || gpu.uuid().isEmpty()) {
            return Optional.empty();
        }
        int used = own.getAsInt();
        int others = Math.max(0, gpu.memoryUsedMebibytes().getAsInt() - used);
        long full =
                (long) gpu.memoryTotalMebibytes().getAsInt()
                        * policy.vram().pressurePercent()
                        / 100;
        return Optional.of(
                new MemorySample(
                        read,
                        gpu.uuid().get(),
                        List.of(report.instance(), report.modelDigest()).toString(),
                        used,
                        (int) full - others,
                        report.tasks().completed()));
    }

    /// Whether memory will be full within the horizon.
    boolean leaking() {
        return trend.imminent();
    }

    /// Whether memory is under pressure, and growing.
    boolean swelling() {
        return pressure.holds() && trend.rising();
    }
}

package dev.facefusion.operator.reconcile;

import static java.util.Objects.requireNonNullElse;

import dev.facefusion.crds.v1alpha1.GpuSpec;
import dev.facefusion.crds.v1alpha1.HealthSpec;
import dev.facefusion.crds.v1alpha1.HealthSpec.AcceleratorFallback;
import dev.facefusion.operator.decide.HealthPolicy;
import dev.facefusion.operator.decide.HealthPolicy.Fallback;
import dev.facefusion.operator.decide.HealthPolicy.GpuMemory;
import dev.facefusion.operator.decide.Latency;
import dev.facefusion.operator.decide.PodHealth.Remedy;
import dev.facefusion.operator.decide.Thresholds;
import dev.facefusion.operator.decide.Timeouts;
import dev.facefusion.operator.decide.Vram;
import dev.facefusion.operator.decide.VramTrend;
import dev.facefusion.operator.observe.PollSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// `spec.health` as the core understands it, with every default filled in: a block that is absent
/// means its defaults.
final class HealthSettings {
    /// Polls that may fail to happen before what is known counts as stale.
    private static final int STALE_PERIODS = 3;

    private static final HealthSpec HEALTH =
            new HealthSpec(null, null, null, null, null, null, null, null, null, null);
    private static final HealthSpec.Latency LATENCY = new HealthSpec.Latency(null, null, null);
    private static final HealthSpec.Vram VRAM = new HealthSpec.Vram(null, null, null);
    private static final HealthSpec.VramTrend TREND = new HealthSpec.VramTrend(null, null, null);

    private HealthSettings() {}

    static PollSettings of(@Nullable HealthSpec given, GpuSpec.@Nullable Sharing sharing) {
        var health = requireNonNullElse(given, HEALTH);
        var period = seconds(health.periodSeconds(), 10);
        var timeout = seconds(health.timeoutSeconds(), 5);
        var stale = period.multipliedBy(STALE_PERIODS).plus(timeout);
        var policy =
                new HealthPolicy(
                        new Thresholds(
                                requireNonNullElse(health.failureThreshold(), 3),
                                requireNonNullElse(health.successThreshold(), 2)),
                        new Timeouts(
                                seconds(health.startupTimeoutSeconds(), 1200),
                                seconds(health.stallTimeoutSeconds(), 120),
                                stale),
                        fallback(health.acceleratorFallback()),
                        latency(requireNonNullElse(health.latency(), LATENCY)),
                        sharing == GpuSpec.Sharing.SHARED ? GpuMemory.SHARED : GpuMemory.OWN,
                        vram(requireNonNullElse(health.vram(), VRAM)),
                        trend(requireNonNullElse(health.vramTrend(), TREND)));
        return new PollSettings(period, timeout, policy);
    }

    private static Fallback fallback(@Nullable AcceleratorFallback fallback) {
        return switch (requireNonNullElse(fallback, AcceleratorFallback.REMEDIATE)) {
            case REMEDIATE -> Fallback.REMEDIATE;
            case REPORT -> Fallback.REPORT;
            case IGNORE -> Fallback.IGNORE;
        };
    }

    private static Latency latency(HealthSpec.Latency latency) {
        var remedy =
                switch (requireNonNullElse(latency.action(), HealthSpec.Latency.Action.REPORT)) {
                    case REPORT -> Remedy.REPORT;
                    case RESTART -> Remedy.TREAT;
                };
        return new Latency(
                requireNonNullElse(latency.slowMilliseconds(), 2000),
                seconds(latency.forSeconds(), 120),
                remedy);
    }

    private static Vram vram(HealthSpec.Vram vram) {
        return new Vram(
                requireNonNullElse(vram.pressurePercent(), 90),
                requireNonNullElse(vram.clearPercent(), 85),
                seconds(vram.forSeconds(), 60));
    }

    private static VramTrend trend(HealthSpec.VramTrend trend) {
        var mode =
                switch (requireNonNullElse(trend.mode(), HealthSpec.VramTrend.Mode.OBSERVE)) {
                    case OFF -> VramTrend.Mode.OFF;
                    case OBSERVE -> VramTrend.Mode.OBSERVE;
                    case ENFORCE -> VramTrend.Mode.ENFORCE;
                };
        return new VramTrend(
                mode, seconds(trend.windowSeconds(), 3600), seconds(trend.horizonSeconds(), 1800));
    }

    private static Duration seconds(@Nullable Integer value, int absent) {
        return Duration.ofSeconds(requireNonNullElse(value, absent));
    }
}

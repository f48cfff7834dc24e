package dev.facefusion.operator.reconcile;

import static java.util.Objects.requireNonNullElse;

import dev.facefusion.crds.v1alpha1.FaceFusionClusterSpec;
import dev.facefusion.crds.v1alpha1.ScalingSpec;
import dev.facefusion.crds.v1alpha1.ScalingSpec.Mode;
import dev.facefusion.operator.decide.scaling.ScalingPolicy;
import dev.facefusion.operator.decide.scaling.ScalingPolicy.Rate;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the spec asks of the number of pods, with every default filled in.
final class ScalingSettings {
    private static final Rate UP = new Rate(Duration.ZERO, 4, Duration.ofSeconds(60));
    private static final Rate DOWN = new Rate(Duration.ofSeconds(300), 1, Duration.ofSeconds(60));

    private ScalingSettings() {}

    /// Empty where somebody else decides the number.
    ///
    /// @param period between two polls of a pod
    static Optional<ScalingPolicy> of(
            FaceFusionClusterSpec spec, int concurrency, int queueCapacity, Duration period) {
        var scaling = spec.scaling();
        if (scaling == null || scaling.mode() != Mode.OPERATOR) {
            return Optional.empty();
        }
        return Optional.of(
                new ScalingPolicy(
                        requireNonNullElse(scaling.minReplicas(), 1),
                        requireNonNullElse(scaling.maxReplicas(), 8),
                        Duration.ofMillis(
                                requireNonNullElse(scaling.queueWaitTargetMilliseconds(), 5000)),
                        requireNonNullElse(scaling.tolerancePercent(), 10),
                        rate(scaling.scaleUp(), UP),
                        rate(scaling.scaleDown(), DOWN),
                        concurrency,
                        queueCapacity,
                        period));
    }

    private static Rate rate(ScalingSpec.@Nullable Rate rate, Rate absent) {
        return rate == null
                ? absent
                : new Rate(
                        seconds(rate.stabilizationWindowSeconds(), absent.stabilizationWindow()),
                        requireNonNullElse(rate.maxReplicas(), absent.maxReplicas()),
                        seconds(rate.periodSeconds(), absent.period()));
    }

    private static Duration seconds(@Nullable Integer value, Duration absent) {
        return value == null ? absent : Duration.ofSeconds(value);
    }
}

package dev.facefusion.operator.reconcile;

import dev.facefusion.crds.v1alpha1.FaceFusionClusterStatus.Scaling;
import dev.facefusion.operator.decide.FleetSnapshot;
import dev.facefusion.operator.decide.scaling.ScalingLimit;
import dev.facefusion.operator.decide.scaling.ScalingResult;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the status says of the number of pods. The reason is that of the number: it stays until the
/// number changes, however the load trembles meanwhile.
final class ScalingReport {
    private ScalingReport() {}

    static boolean sameNumber(@Nullable Scaling one, @Nullable Scaling other) {
        return Objects.equals(number(one), number(other));
    }

    private static @Nullable Integer number(@Nullable Scaling scaling) {
        return scaling == null ? null : scaling.desiredReplicas();
    }

    static @Nullable Scaling of(
            Optional<ScalingResult> decided, FleetSnapshot seen, @Nullable Scaling before) {
        if (decided.isEmpty()) {
            return seen.paused() || seen.desiredReplicas() == 0 ? before : null;
        }
        var result = decided.get();
        if (before != null && Objects.equals(before.desiredReplicas(), result.desired())) {
            return new Scaling(
                    before.desiredReplicas(),
                    before.reason(),
                    result.limitedBy().map(ScalingLimit::code).orElse(null),
                    before.lastScaleTime());
        }
        return new Scaling(
                result.desired(),
                result.reason().code(),
                result.limitedBy().map(ScalingLimit::code).orElse(null),
                result.desired() == seen.desiredReplicas() ? null : ConditionList.time(seen.now()));
    }
}

package dev.facefusion.operator.reconcile;

import static java.util.Objects.requireNonNullElse;

import dev.facefusion.crds.v1alpha1.DisruptionSpec;
import dev.facefusion.crds.v1alpha1.DrainSpec;
import dev.facefusion.crds.v1alpha1.FaceFusionCluster;
import dev.facefusion.crds.v1alpha1.FaceFusionClusterSpec;
import dev.facefusion.crds.v1alpha1.HealthSpec;
import dev.facefusion.crds.v1alpha1.UpdateSpec;
import dev.facefusion.operator.decide.UpdatePolicy;
import dev.facefusion.operator.decide.UpdatePolicy.OperatorChanges;
import dev.facefusion.operator.desired.Annotations;
import dev.facefusion.operator.desired.Requested;
import dev.facefusion.operator.desired.WorkloadSettings.Replacement;
import dev.facefusion.operator.desired.WorkloadSettings.Request;
import dev.facefusion.operator.desired.WorkloadSettings.Timeouts;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The part of the spec, and the annotations, that say how a change reaches the pods.
final class RolloutSettings {
    private static final IntOrString ONE = new IntOrString(1);
    private static final UpdateSpec UPDATE = new UpdateSpec(null, null, null, null);
    private static final IntOrString AUTO = new IntOrString("Auto");

    private RolloutSettings() {}

    static Timeouts timeouts(FaceFusionClusterSpec spec, Duration startup) {
        return new Timeouts(
                startup,
                seconds(
                        Optional.ofNullable(spec.health()).map(HealthSpec::stallTimeoutSeconds),
                        120),
                seconds(Optional.ofNullable(spec.drain()).map(DrainSpec::timeoutSeconds), 120));
    }

    static Replacement replacement(FaceFusionClusterSpec spec) {
        var update = requireNonNullElse(spec.update(), UPDATE);
        return new Replacement(
                Optional.ofNullable(update.maxSurge()).filter(surge -> !AUTO.equals(surge)),
                requireNonNullElse(update.maxUnavailable(), ONE),
                seconds(Optional.ofNullable(update.progressDeadlineSeconds()), 1800),
                Optional.ofNullable(spec.disruption())
                        .map(DisruptionSpec::maxUnavailable)
                        .orElse(ONE));
    }

    static UpdatePolicy policy(FaceFusionCluster cluster, FaceFusionClusterSpec spec) {
        boolean applies =
                Optional.ofNullable(spec.update()).map(UpdateSpec::operatorChanges).stream()
                        .anyMatch(UpdateSpec.OperatorChanges.APPLY::equals);
        return new UpdatePolicy(
                annotation(cluster, Annotations.PAUSED).filter("true"::equals).isPresent(),
                applies ? OperatorChanges.APPLY : OperatorChanges.DEFER,
                replacement(spec).maxSurge().isEmpty());
    }

    /// Unless the user wants none, a network policy guards the pods.
    static boolean guarded(FaceFusionClusterSpec spec) {
        return spec.networkPolicy() != FaceFusionClusterSpec.NetworkPolicy.DISABLED;
    }

    static Request request(FaceFusionCluster cluster, FaceFusionClusterSpec spec) {
        var restartedAt = annotation(cluster, Annotations.RESTARTED_AT);
        return new Request(Requested.digest(spec, restartedAt), restartedAt);
    }

    private static Optional<String> annotation(FaceFusionCluster cluster, String name) {
        @Nullable Map<String, String> annotations = cluster.getMetadata().getAnnotations();
        return Optional.ofNullable(annotations).map(all -> all.get(name));
    }

    private static Duration seconds(Optional<Integer> value, int absent) {
        return Duration.ofSeconds(value.orElse(absent));
    }
}

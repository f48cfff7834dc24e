package dev.facefusion.operator.reconcile;

import dev.facefusion.crds.v1alpha1.FaceFusionCluster;
import dev.facefusion.operator.desired.Annotations;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Which changes of a cluster's resource call for a reconciliation: those of its spec, those of the
/// annotations that steer the operator, and its deletion. Its status is the operator's own.
public final class Changes {
    private Changes() {}

    public static boolean matter(FaceFusionCluster now, FaceFusionCluster before) {
        var metadata = now.getMetadata();
        var earlier = before.getMetadata();
        return !Objects.equals(metadata.getGeneration(), earlier.getGeneration())
                || !Objects.equals(metadata.getUid(), earlier.getUid())
                || !Objects.equals(metadata.getDeletionTimestamp(), earlier.getDeletionTimestamp())
                || Stream.of(Annotations.PAUSED, Annotations.RESTARTED_AT)
                        .anyMatch(name ->
                                !annotation(metadata, name).equals(annotation(earlier, name)));
    }

    private static Optional<String> annotation(ObjectMeta metadata, String name) {
        var annotations =
                Objects.requireNonNullElse(metadata.getAnnotations(), Map.<String, String>of());
        return Optional.ofNullable(annotations.get(name));
    }
}

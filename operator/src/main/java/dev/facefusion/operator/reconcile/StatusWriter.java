package dev.facefusion.operator.reconcile;

import static java.util.Objects.requireNonNullElse;

import dev.facefusion.crds.v1alpha1.FaceFusionCluster;
import dev.facefusion.crds.v1alpha1.FaceFusionClusterStatus;
import dev.facefusion.operator.act.EventPublisher;
import dev.facefusion.operator.reconcile.StatusReport.Before;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Writes a status where it differs from the one that stands, and tells people of what has changed.
final class StatusWriter {
    private final EventPublisher events;
    private final Counter writes;

    StatusWriter(EventPublisher events, MeterRegistry registry) {
        this.events = events;
        this.writes =
                Counter.builder("facefusion.operator.status.writes")
                        .description("Statuses written")
                        .register(registry);
    }

    /// The API server keeps the time of our last write for us, across restarts of the operator.
    static Before before(FaceFusionCluster cluster) {
        var metadata = cluster.getMetadata();
        var written =
                requireNonNullElse(metadata.getManagedFields(), List.<ManagedFieldsEntry>of())
                        .stream()
                        .filter(entry ->
                                FaceFusionClusterReconciler.FIELD_MANAGER.equals(entry.getManager())
                                        && "status".equals(entry.getSubresource()))
                        .map(entry -> Instant.parse(entry.getTime()))
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.EPOCH);
        return new Before(metadata.getName(), reported(cluster).orElse(Before.NOTHING), written);
    }

    /// Empty while the status only bears the API server's defaults.
    private static Optional<FaceFusionClusterStatus> reported(FaceFusionCluster cluster) {
        return Optional.ofNullable(cluster.getStatus())
                .filter(status ->
                        !Objects.equals(status.observedGeneration(), FaceFusionCluster.UNOBSERVED));
    }

    void write(
            FaceFusionCluster cluster,
            FaceFusionClusterStatus status,
            Context<FaceFusionCluster> context) {
        var before = before(cluster).status();
        if (status.equals(before)) {
            return;
        }
        var fresh = bearing(cluster, status);
        if (!Objects.equals(before.remediation(), status.remediation())) {
            // Of two operators that both think they lead, only one may record an action.
            fresh.getMetadata().setResourceVersion(cluster.getMetadata().getResourceVersion());
        }
        PrimaryUpdateAndCacheUtils.ssaPatchStatusAndCacheResource(cluster, fresh, context);
        writes.increment();
        Transitions.between(before, status).forEach(notice -> events.publish(cluster, notice));
    }

    /// A fresh object: with server-side apply, whatever is sent is owned.
    private static FaceFusionCluster bearing(
            FaceFusionCluster cluster, FaceFusionClusterStatus status) {
        var fresh = new FaceFusionCluster();
        fresh.setMetadata(
                new ObjectMetaBuilder()
                        .withName(cluster.getMetadata().getName())
                        .withNamespace(cluster.getMetadata().getNamespace())
                        .build());
        fresh.setStatus(status);
        return fresh;
    }
}

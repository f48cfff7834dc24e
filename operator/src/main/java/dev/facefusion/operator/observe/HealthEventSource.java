package dev.facefusion.operator.observe;

import dev.facefusion.crds.v1alpha1.FaceFusionCluster;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.ExternalResourceCachingEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;

/// Wakes the loop when a cluster's health has changed in a way that matters, and ends the polling
/// of clusters that are gone.
public final class HealthEventSource
        extends ExternalResourceCachingEventSource<HealthReading, FaceFusionCluster, PodInstance>
        implements ResourceEventAware<FaceFusionCluster> {
    private final HealthPoller poller;

    public HealthEventSource(HealthPoller poller) {
        super("health", HealthReading.class, HealthReading::instance);
        this.poller = poller;
    }

    @Override
    public void start() {
        super.start();
        poller.onChange(this::publish);
    }

    /// Reads under the lock: of two changes at once, the later can't be overwritten by the earlier.
    private synchronized void publish(ClusterId cluster) {
        handleResources(
                new ResourceID(cluster.name(), cluster.namespace()), poller.readings(cluster));
    }

    @Override
    public void onResourceDeleted(FaceFusionCluster cluster) {
        poller.forget(ClusterId.of(cluster));
        handleDelete(ResourceID.fromResource(cluster));
    }
}

package dev.facefusion.tests.cluster;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The numbers of pods that a fleet's Deployment was asked for, however briefly, without repeats.
public final class ReplicaHistory implements AutoCloseable, Watcher<Deployment> {
    private final List<Integer> replicas = new CopyOnWriteArrayList<>();
    private final Watch watch;

    private ReplicaHistory(Fleet fleet) {
        watch = fleet.deployment().watch(this);
    }

    /// Starts with the present number.
    public static ReplicaHistory of(Fleet fleet) {
        return new ReplicaHistory(fleet);
    }

    public List<Integer> replicas() {
        return List.copyOf(replicas);
    }

    @Override
    public void eventReceived(Action action, Deployment deployment) {
        int asked = deployment.getSpec().getReplicas();
        if (replicas.isEmpty() || replicas.getLast() != asked) {
            replicas.add(asked);
        }
    }

    /// A broken watch must not look like a quiet one.
    @Override
    public void onClose(WatcherException cause) {
        replicas.add(-1);
    }

    @Override
    public void close() {
        watch.close();
    }
}

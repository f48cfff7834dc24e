package dev.facefusion.tests.cluster;

import dev.facefusion.crds.v1alpha1.FaceFusionCluster;
import dev.facefusion.crds.v1alpha1.FaceFusionClusterStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// The statuses that one condition of a fleet went through, however short-lived, without repeats.
public final class ConditionHistory implements AutoCloseable, Watcher<FaceFusionCluster> {
    private final String type;
    private final List<String> statuses = new CopyOnWriteArrayList<>();
    private final Watch watch;

    private ConditionHistory(Fleet fleet, String type) {
        this.type = type;
        watch = fleet.resource().watch(this);
    }

    /// Starts with the condition's present status.
    public static ConditionHistory of(Fleet fleet, String type) {
        return new ConditionHistory(fleet, type);
    }

    public List<String> statuses() {
        return List.copyOf(statuses);
    }

    @Override
    public void eventReceived(Action action, FaceFusionCluster fleet) {
        Optional.ofNullable(fleet.getStatus())
                .map(FaceFusionClusterStatus::conditions)
                .orElse(List.of())
                .stream()
                .filter(condition -> condition.getType().equals(type))
                .map(Condition::getStatus)
                .filter(status -> statuses.isEmpty() || !statuses.getLast().equals(status))
                .forEach(statuses::add);
    }

    @Override
    public void onClose(WatcherException cause) {
        statuses.add("the watch broke: " + Objects.toString(cause.getMessage()));
    }

    @Override
    public void close() {
        watch.close();
    }
}

package dev.facefusion.tests.world;

import dev.facefusion.tests.scenario.PodState;
import dev.facefusion.tests.scenario.PodState.Life;
import dev.facefusion.tests.scenario.PodState.Owner;
import dev.facefusion.tests.scenario.PodState.Traffic;
import dev.facefusion.tests.scenario.Sighting;
import dev.facefusion.tests.scenario.Sighting.Deed;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Follows the pods of one fleet, and tells what was done to them from how they change.
final class PodHistory {
    private static final String IN_SERVICE = "facefusion.dev/in-service";
    private static final String RUNTIME = "runtime";

    private final Stage stage;
    private final Map<Integer, PodState> states = new HashMap<>();
    private final Set<String> places = new HashSet<>();

    PodHistory(Stage stage) {
        this.stage = stage;
    }

    /// Pods of a fleet run its runtime; any other pod only keeps a place.
    static boolean plays(Pod pod) {
        return pod.getSpec().getContainers().stream()
                .anyMatch(container -> container.getName().equals(RUNTIME));
    }

    synchronized void see(Pod pod) {
        int ordinal = stage.roster().number(pod.getMetadata().getName());
        follow(ordinal, state(pod));
    }

    synchronized void forget(Pod pod) {
        int ordinal = stage.roster().number(pod.getMetadata().getName());
        var last = state(pod);
        follow(
                ordinal,
                new PodState(
                        last.node(), Life.GONE, last.traffic(), last.owner(), last.restarts()));
    }

    /// A pod that only keeps new pods off its node.
    synchronized void seePlace(Pod place) {
        if (place.getSpec().getNodeName() != null && places.add(place.getMetadata().getUid())) {
            avoid(place, Deed.NODE_AVOIDED);
        }
    }

    synchronized void forgetPlace(Pod place) {
        if (places.remove(place.getMetadata().getUid())) {
            avoid(place, Deed.NODE_RELEASED);
        }
    }

    private void avoid(Pod place, Deed deed) {
        String node = place.getSpec().getNodeName();
        Optional<Integer> there =
                states.entrySet().stream()
                        .filter(entry -> entry.getValue().node().equals(node))
                        .map(Map.Entry::getKey)
                        .max(Comparator.naturalOrder());
        stage.recording().add(at -> new Sighting.Done(at, deed, there, node));
    }

    private void follow(int ordinal, PodState now) {
        PodState before = states.put(ordinal, now);
        if (now.equals(before)) {
            return;
        }
        stage.recording().add(at -> new Sighting.PodSeen(at, ordinal, now));
        if (before == null) {
            return;
        }
        if (before.traffic() != now.traffic()) {
            done(
                    now.traffic() == Traffic.OUT_OF_SERVICE
                            ? Deed.OUT_OF_SERVICE
                            : Deed.BACK_IN_SERVICE,
                    ordinal);
        }
        if (before.owner() != now.owner()) {
            done(now.owner() == Owner.QUARANTINE ? Deed.QUARANTINED : Deed.RELEASED, ordinal);
        }
        if (!leaving(before) && leaving(now)) {
            done(Deed.DELETED, ordinal);
        }
    }

    private void done(Deed deed, int ordinal) {
        stage.recording().add(at -> new Sighting.Done(at, deed, Optional.of(ordinal), ""));
    }

    private static boolean leaving(PodState state) {
        return state.life() == Life.LEAVING || state.life() == Life.GONE;
    }

    private static PodState state(Pod pod) {
        var labels = Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.of());
        boolean owned =
                pod.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner -> owner.getKind().equals("ReplicaSet"));
        return new PodState(
                Objects.requireNonNullElse(pod.getSpec().getNodeName(), "no node"),
                life(pod),
                "false".equals(labels.get(IN_SERVICE))
                        ? Traffic.OUT_OF_SERVICE
                        : Traffic.IN_SERVICE,
                owned ? Owner.FLEET : Owner.QUARANTINE,
                pod.getStatus().getContainerStatuses().stream()
                        .mapToInt(container -> container.getRestartCount())
                        .sum());
    }

    private static Life life(Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return Life.LEAVING;
        }
        boolean ready =
                pod.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                condition.getType().equals("Ready")
                                        && condition.getStatus().equals("True"));
        if (ready) {
            return Life.READY;
        }
        return pod.getStatus().getContainerStatuses().stream()
                        .anyMatch(container -> container.getState().getRunning() != null)
                ? Life.UNREADY
                : Life.STARTING;
    }
}

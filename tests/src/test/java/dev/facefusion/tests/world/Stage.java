package dev.facefusion.tests.world;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facefusion.tests.scenario.Pods;
import dev.facefusion.tests.scenario.Scenario;
import dev.facefusion.tests.simulation.Arrivals;
import dev.facefusion.tests.simulation.Behaviour;
import dev.facefusion.tests.simulation.Binding;
import dev.facefusion.tests.simulation.Faults;
import dev.facefusion.tests.simulation.SimulatedPod.Identity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// One scenario's place in the cluster: its namespace, its pods by number, what is wrong with them
/// and what work comes to them.
final class Stage {
    private final Scenario scenario;
    private final String namespace;
    private final Recording recording;
    private final Roster roster = new Roster();
    private final Faults faults = new Faults();
    private final Map<Integer, Identity> identities = new ConcurrentHashMap<>();
    private final Map<Integer, Fate> fates = new ConcurrentHashMap<>();
    private volatile Arrivals arrivals = Arrivals.NONE;
    private volatile Instant arrivalsBegan = Instant.EPOCH;
    private volatile int initial;

    private record Fate(Behaviour behaviour, Binding binding) {}

    Stage(Scenario scenario, String namespace) {
        this.scenario = scenario;
        this.namespace = namespace;
        this.recording = new Recording();
        this.initial = replicas(scenario.fleet());
    }

    Scenario scenario() {
        return scenario;
    }

    String namespace() {
        return namespace;
    }

    Recording recording() {
        return recording;
    }

    Roster roster() {
        return roster;
    }

    Faults faults() {
        return faults;
    }

    int initial() {
        return initial;
    }

    /// Time zero: whoever is there now belongs to the beginning.
    void begin() {
        initial = Math.max(initial, roster.size());
    }

    private static int replicas(JsonNode spec) {
        return spec.path("replicas").asInt(spec.path("scaling").path("minReplicas").asInt(1));
    }

    void enter(Identity pod) {
        identities.put(pod.ordinal(), pod);
        Fate fate = fates.remove(pod.ordinal());
        if (fate != null) {
            faults.put(pod, fate.behaviour(), fate.binding());
        }
    }

    /// Pods that are named before they exist have it from the start.
    void become(Pods pods, Behaviour behaviour, Binding binding) {
        if (pods instanceof Pods.Listed(var ordinals)) {
            ordinals.stream()
                    .filter(ordinal -> !identities.containsKey(ordinal))
                    .forEach(ordinal -> fates.put(ordinal, new Fate(behaviour, binding)));
        }
        identities.values().stream()
                .filter(pod -> pods.contain(pod.ordinal(), initial))
                .forEach(pod -> faults.put(pod, behaviour, binding));
    }

    List<String> named(Pods pods) {
        return identities.values().stream()
                .filter(pod -> pods.contain(pod.ordinal(), initial))
                .map(Identity::name)
                .toList();
    }

    void load(Arrivals next, Instant now) {
        arrivals = next;
        arrivalsBegan = now;
    }

    /// Tasks for the whole fleet in the step that ends now.
    double arrivals(Duration step, Instant now) {
        return arrivals.during(step, Duration.between(arrivalsBegan, now));
    }
}

package dev.facefusion.tests.world;

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
    private volatile Arrivals arrivals = Arrivals.NONE;
    private volatile Instant arrivalsBegan = Instant.EPOCH;
    private volatile int initial;

    Stage(Scenario scenario, String namespace) {
        this.scenario = scenario;
        this.namespace = namespace;
        this.recording = new Recording();
        this.initial = scenario.fleet().path("replicas").asInt(1);
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

    void enter(Identity pod) {
        identities.put(pod.ordinal(), pod);
    }

    void become(Pods pods, Behaviour behaviour, Binding binding) {
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

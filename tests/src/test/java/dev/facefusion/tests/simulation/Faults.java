package dev.facefusion.tests.simulation;

import dev.facefusion.tests.simulation.SimulatedPod.Identity;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The faults of a fleet, by what they stick to. A node's fault comes before a pod's, a pod's
/// before its process's.
public final class Faults {
    private final Map<String, Behaviour> ofNodes = new ConcurrentHashMap<>();
    private final Map<String, Behaviour> ofPods = new ConcurrentHashMap<>();
    private final Map<String, Behaviour> ofInstances = new ConcurrentHashMap<>();

    /// Healthy is the end of whatever fault the pod has.
    public void put(Identity pod, Behaviour behaviour, Binding binding) {
        if (behaviour.kind() == Behaviour.Kind.HEALTHY) {
            ofNodes.remove(pod.node());
            ofPods.remove(pod.uid());
            ofInstances.remove(pod.uid());
            return;
        }
        switch (binding) {
            case NODE -> ofNodes.put(pod.node(), behaviour);
            case POD -> ofPods.put(pod.uid(), behaviour);
            case INSTANCE -> ofInstances.put(pod.uid(), behaviour);
        }
    }

    Behaviour of(Identity pod) {
        Behaviour ofPod =
                ofPods.getOrDefault(
                        pod.uid(), ofInstances.getOrDefault(pod.uid(), Behaviour.HEALTHY));
        return ofNodes.getOrDefault(pod.node(), ofPod);
    }

    void cureInstance(Identity pod) {
        ofInstances.remove(pod.uid());
    }
}

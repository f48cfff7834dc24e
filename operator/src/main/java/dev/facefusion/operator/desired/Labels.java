package dev.facefusion.operator.desired;

import dev.facefusion.operator.desired.WorkloadSettings.Owner;
import java.util.Map;
import java.util.TreeMap;

/// The labels by which the workload's objects are known.
public final class Labels {
    /// Names the cluster that a pod or object belongs to.
    public static final String CLUSTER = "facefusion.dev/cluster";

    /// Names the cluster whose pods keep away from the node of the pod that bears it.
    public static final String AVOIDED_BY = "facefusion.dev/avoided-by";

    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String OPERATOR = "facefusion-operator";

    private static final String NAME = "app.kubernetes.io/name";
    private static final String INSTANCE = "app.kubernetes.io/instance";
    private static final String IN_SERVICE = "facefusion.dev/in-service";
    private static final String RUNTIME = "facefusion-runtime";

    private Labels() {}

    /// What tells one cluster's pods from all others; a Deployment's selector can never change.
    public static Map<String, String> selector(String cluster) {
        return new TreeMap<>(Map.of(NAME, RUNTIME, INSTANCE, cluster));
    }

    static Map<String, String> of(Owner owner) {
        var labels = new TreeMap<>(selector(owner.name()));
        labels.put(MANAGED_BY, OPERATOR);
        labels.put(CLUSTER, owner.name());
        return labels;
    }

    /// New pods are in service from the start: traffic does not depend on the operator.
    static Map<String, String> ofPod(Owner owner) {
        var labels = of(owner);
        labels.put(IN_SERVICE, "true");
        return labels;
    }

    static Map<String, String> serviceSelector(Owner owner) {
        var labels = selector(owner.name());
        labels.put(IN_SERVICE, "true");
        return labels;
    }
}

package dev.facefusion.operator.decide;

/// The objects that make up a cluster's workload.
public enum Part {
    DEPLOYMENT("Deployment"),
    SERVICE("Service"),
    DISRUPTION_BUDGET("PodDisruptionBudget"),
    NETWORK_POLICY("NetworkPolicy");

    private final String kind;

    Part(String kind) {
        this.kind = kind;
    }

    public String kind() {
        return kind;
    }
}

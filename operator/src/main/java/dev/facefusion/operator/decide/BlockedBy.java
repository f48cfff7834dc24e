package dev.facefusion.operator.decide;

/// Why an action is not done.
public enum BlockedBy {
    /// As many pods are under treatment as may be at once.
    BUDGET("Budget"),
    /// A PodDisruptionBudget forbids the eviction.
    PDB("PDB"),
    /// A storm is over, and calm has not lasted long enough yet; or the pod has been restarted just
    /// now, and its ladder has nothing else.
    COOLDOWN("Cooldown"),
    /// Too many pods are dark or failing at once.
    STORM("Storm"),
    /// A person has paused the cluster.
    PAUSED("Paused"),
    /// The policy is to watch only.
    OBSERVE("Observe");

    private final String code;

    BlockedBy(String code) {
        this.code = code;
    }

    /// The CamelCase spelling that the API shows.
    public String code() {
        return code;
    }
}

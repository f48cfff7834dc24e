package dev.facefusion.operator.desired;

/// The annotations that people set, and those by which the operator knows its own work again.
public final class Annotations {
    /// On a cluster, `"true"`: nothing of its workload is changed meanwhile.
    public static final String PAUSED = "facefusion.dev/paused";

    /// On a cluster, any text: a new one restarts every pod, by a rollout.
    public static final String RESTARTED_AT = "facefusion.dev/restartedAt";

    private Annotations() {}
}

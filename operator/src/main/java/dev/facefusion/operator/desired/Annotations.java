package dev.facefusion.operator.desired;

/// The annotations that people set, and those by which the operator knows its own work again.
public final class Annotations {
    /// On a cluster, `"true"`: nothing of its workload is changed meanwhile.
    public static final String PAUSED = "facefusion.dev/paused";

    /// On a cluster, any text: a new one restarts every pod, by a rollout.
    public static final String RESTARTED_AT = "facefusion.dev/restartedAt";

    /// On a Deployment: what the user asked for when its template was made, as a digest.
    static final String REQUESTED = "facefusion.dev/requested";

    /// On a pod and its template: the template as the operator rendered it, as a digest.
    static final String REVISION = "facefusion.dev/revision";

    private Annotations() {}
}

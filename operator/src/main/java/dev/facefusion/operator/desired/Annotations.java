package dev.facefusion.operator.desired;

/// The annotations that people set, and those by which the operator knows its own work again.
public final class Annotations {
    /// On a cluster, `"true"`: nothing is changed until it is taken away.
    public static final String PAUSED = "facefusion.dev/paused";

    /// On a cluster, any text: a new one restarts every pod, by a rollout.
    public static final String RESTARTED_AT = "facefusion.dev/restartedAt";

    /// On a pod, by hand: out of service until it is taken away.
    public static final String DRAIN = "facefusion.dev/drain";

    /// On a pod: why it is in quarantine. Setting it by hand puts the pod there; taking it away
    /// brings the pod back.
    public static final String QUARANTINE = "facefusion.dev/quarantine";

    /// On a pod in quarantine: since when, RFC 3339.
    public static final String QUARANTINED_AT = "facefusion.dev/quarantined-at";

    /// On a placeholder: until when its node is avoided, RFC 3339.
    public static final String AVOID_UNTIL = "facefusion.dev/avoid-until";

    /// Kubernetes' own: pods with a lower cost go first when a ReplicaSet shrinks.
    public static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";

    /// On a Deployment: what the user asked for when its template was made, as a digest.
    static final String REQUESTED = "facefusion.dev/requested";

    /// On a pod and its template: the template as the operator rendered it, as a digest.
    static final String REVISION = "facefusion.dev/revision";

    private Annotations() {}
}

package dev.facefusion.operator.decide.scaling;

/// Why there shall be as many pods as there shall be.
public enum ScalingReason {
    /// The expected wait asks for it.
    QUEUE_WAIT("QueueWait"),
    /// The queues are fuller than half, and would turn tasks away before the wait is too long.
    QUEUE_FILLING("QueueFilling"),
    /// The tasks that ran of late need no more, and would have to wait with fewer.
    RECENT_LOAD("RecentLoad"),
    /// Tasks wait, and no pod has finished one yet to tell how long.
    UNKNOWN_LATENCY("UnknownLatency"),
    /// The load asks for about as many as there are.
    WITHIN_TOLERANCE("WithinTolerance"),
    /// The load asks for another number, but not for long enough.
    STABILIZING("Stabilizing"),
    /// Pods in service do not tell what they have to do.
    MISSING_DATA("MissingData"),
    /// There are fewer or more than the bounds allow.
    BOUNDS("Bounds");

    private final String code;

    ScalingReason(String code) {
        this.code = code;
    }

    /// The CamelCase spelling that the API shows.
    public String code() {
        return code;
    }
}

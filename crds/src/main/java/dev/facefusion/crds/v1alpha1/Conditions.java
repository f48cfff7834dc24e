package dev.facefusion.crds.v1alpha1;

/// The types of a FaceFusionCluster's conditions.
public final class Conditions {
    /// Every wanted pod serves, at the spec's generation. Its reason is the STATUS column.
    public static final String READY = "Ready";

    /// At least one pod takes traffic.
    public static final String AVAILABLE = "Available";

    /// A rollout of the spec is under way; never a fault of a pod (kstatus: in progress).
    public static final String RECONCILING = "Reconciling";

    /// The spec can't be carried out without a person (kstatus: failed).
    public static final String STALLED = "Stalled";

    /// At least one wanted pod is missing or unhealthy outside a rollout.
    public static final String DEGRADED = "Degraded";

    /// The operator has recent health data of every pod.
    public static final String HEALTH_DATA_FRESH = "HealthDataFresh";

    /// Every pod runs on the first execution provider asked for.
    public static final String ACCELERATOR_ACTIVE = "AcceleratorActive";

    /// A GPU's memory is nearly full.
    public static final String VRAM_PRESSURE = "VRAMPressure";

    /// A newer operator would change the pods, and leaves it until the spec changes.
    public static final String UPDATE_PENDING = "UpdatePending";

    /// Too many pods are dark or failing at once: nothing is done about any.
    public static final String STORM_ACTIVE = "StormActive";

    private Conditions() {}
}

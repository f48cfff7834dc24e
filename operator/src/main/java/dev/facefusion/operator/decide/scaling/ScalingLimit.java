package dev.facefusion.operator.decide.scaling;

/// What keeps the number of pods from what the load asks for.
public enum ScalingLimit {
    MIN_REPLICAS("MinReplicas"),
    MAX_REPLICAS("MaxReplicas"),
    SCALE_UP_RATE("ScaleUpRate"),
    SCALE_DOWN_RATE("ScaleDownRate"),
    STABILIZATION_WINDOW("StabilizationWindow"),
    STALE_DATA("StaleData");

    private final String code;

    ScalingLimit(String code) {
        this.code = code;
    }

    /// The CamelCase spelling that the API shows.
    public String code() {
        return code;
    }
}

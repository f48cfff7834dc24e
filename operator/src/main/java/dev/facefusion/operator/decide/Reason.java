package dev.facefusion.operator.decide;

import java.util.Optional;
import java.util.stream.Stream;

/// Why a pod, or the fleet, is not as it should be: one vocabulary for conditions, events and
/// metrics.
public enum Reason {
    INFERENCE_STALLED("InferenceStalled"),
    HEALTH_UNREACHABLE("HealthUnreachable"),
    HEALTH_UNREADABLE("HealthUnreadable"),
    HEALTH_UNKNOWN("HealthUnknown"),
    ACCELERATOR_FALLBACK("AcceleratorFallback"),
    MODEL_NOT_LOADED("ModelNotLoaded"),
    VRAM_PRESSURE("VRAMPressure"),
    VRAM_LEAK_PREDICTED("VRAMLeakPredicted"),
    SLOW_INFERENCE("SlowInference"),
    DEVICE_UNHEALTHY("DeviceUnhealthy"),
    NODE_LOST("NodeLost"),
    TERMINATION_STUCK("TerminationStuck"),
    MANUAL_REQUEST("ManualRequest"),
    REVISION_UPDATE("RevisionUpdate"),
    SCALE_UP("ScaleUp"),
    SCALE_DOWN("ScaleDown"),
    STARTUP_TIMEOUT("StartupTimeout"),
    CONTAINER_CRASHING("ContainerCrashing"),
    CONTAINER_MISCONFIGURED("ContainerMisconfigured"),
    IMAGE_UNAVAILABLE("ImageUnavailable"),
    UNSCHEDULABLE("Unschedulable"),
    REPLICA_CREATION_FAILED("ReplicaCreationFailed"),
    REPLICA_NOT_READY("ReplicaNotReady"),
    PROGRESS_DEADLINE_EXCEEDED("ProgressDeadlineExceeded");

    private final String code;

    Reason(String code) {
        this.code = code;
    }

    /// The CamelCase spelling that the API shows.
    public String code() {
        return code;
    }

    /// The reason of that spelling; empty for one that this version does not know.
    public static Optional<Reason> of(String code) {
        return Stream.of(values()).filter(reason -> reason.code.equals(code)).findFirst();
    }
}

package dev.facefusion.runtime.health;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Why tasks are not served as they should be.
public enum DegradedReason {
    /// The models cannot be loaded.
    @JsonProperty("models_not_loaded")
    MODELS_NOT_LOADED,
    /// An accelerator was asked for first, and the models run on the CPU.
    @JsonProperty("cpu_fallback")
    CPU_FALLBACK,
    /// At least half of the recent tasks failed.
    @JsonProperty("tasks_failing")
    TASKS_FAILING,
    /// A GPU fell off the bus, vanished, or must be reset.
    @JsonProperty("gpu_lost")
    GPU_LOST,
    /// The GPU's memory has errors that only a reset or another card ends.
    @JsonProperty("gpu_ecc_errors")
    GPU_ECC_ERRORS,
    /// The driver reported a fault of the GPU's bus, links or firmware.
    @JsonProperty("gpu_xid")
    GPU_XID,
    /// Heat has held a GPU's clock down for more than a minute.
    @JsonProperty("gpu_throttled")
    GPU_THROTTLED,
    /// The GPU's driver does not answer: its figures are old.
    @JsonProperty("gpu_telemetry_stale")
    GPU_TELEMETRY_STALE,
    /// The golden sample did not come out as it should; `self_test` says how.
    @JsonProperty("self_test_failed")
    SELF_TEST_FAILED,
    /// In the last ten minutes a model gave a task values that are not finite.
    @JsonProperty("nan_output")
    NAN_OUTPUT,
    /// Results look less like their sources, or fewer pictures show a face, than the baseline says.
    @JsonProperty("drift")
    DRIFT
}

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
    TASKS_FAILING
}

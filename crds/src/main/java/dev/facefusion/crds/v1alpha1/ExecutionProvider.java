package dev.facefusion.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What ONNX Runtime may execute a model on, spelt as in FaceFusion.
public enum ExecutionProvider {
    @JsonProperty("cuda")
    CUDA("cuda"),
    @JsonProperty("tensorrt")
    TENSORRT("tensorrt"),
    @JsonProperty("cpu")
    CPU("cpu");

    private final String value;

    ExecutionProvider(String value) {
        this.value = value;
    }

    /// The spelling in `EXECUTION_PROVIDERS` and in the health JSON.
    public String value() {
        return value;
    }
}

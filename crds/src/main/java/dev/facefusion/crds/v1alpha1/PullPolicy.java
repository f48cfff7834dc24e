package dev.facefusion.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/// When the kubelet pulls an image, spelt as in a pod.
public enum PullPolicy {
    @JsonProperty("Always")
    ALWAYS("Always"),
    @JsonProperty("IfNotPresent")
    IF_NOT_PRESENT("IfNotPresent"),
    @JsonProperty("Never")
    NEVER("Never");

    private final String value;

    PullPolicy(String value) {
        this.value = value;
    }

    /// The spelling in a pod's manifest.
    public String value() {
        return value;
    }
}

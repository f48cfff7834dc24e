package dev.facefusion.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/// How long a pod may take to finish its work before it is restarted or removed.
@JsonIgnoreProperties(ignoreUnknown = true)
public record DrainSpec(
        @JsonPropertyDescription("Longest wait for a pod's tasks to finish.")
                @Default("120")
                @Min(1)
                @Max(86400)
                @Nullable Integer timeoutSeconds,
        @JsonPropertyDescription(
                        "What to do with a pod that still works when its time is up: go on with the action, or wait.")
                @Default("Evict")
                @Nullable OnTimeout onTimeout) {

    /// What a drain that takes too long comes to.
    public enum OnTimeout {
        @JsonProperty("Evict")
        EVICT,
        @JsonProperty("Wait")
        WAIT
    }
}

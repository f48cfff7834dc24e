package dev.facefusion.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// The GPUs of one pod.
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "self.sharing != 'Partitioned' || self.resourceName.contains('/mig-')",
        message =
                "gpu.sharing Partitioned needs a MIG resource in gpu.resourceName, for example"
                        + " nvidia.com/mig-3g.40gb",
        fieldPath = ".resourceName")
public record GpuSpec(
        @JsonPropertyDescription("GPUs, or parts of one, per pod; 0 runs on the CPU.")
                @Default("1")
                @Min(0)
                @Max(16)
                @Nullable Integer count,
        @JsonPropertyDescription("The extended resource that the device plugin advertises.")
                @Default("nvidia.com/gpu")
                @Size(min = 1, max = 253)
                @Nullable String resourceName,
        @JsonPropertyDescription(
                        "Whose the device's memory is: the pod's alone, shared with other pods, or a partition's."
                                + " With Shared, status.fleet.vramUsedPercentMax is left out.")
                @Default("Exclusive")
                @Nullable Sharing sharing) {

    /// Whose a GPU's memory is.
    public enum Sharing {
        @JsonProperty("Exclusive")
        EXCLUSIVE,
        @JsonProperty("Shared")
        SHARED,
        @JsonProperty("Partitioned")
        PARTITIONED
    }
}

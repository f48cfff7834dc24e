package dev.facefusion.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// Who decides how many pods run, and how the operator does where it is asked to.
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "self.minReplicas <= self.maxReplicas",
        message = "scaling.minReplicas must not be greater than scaling.maxReplicas",
        fieldPath = ".minReplicas")
public record ScalingSpec(
        @JsonPropertyDescription(
                        "Manual: spec.replicas as a person sets it. Operator: by queue and latency, within the bounds"
                                + " below. External: spec.replicas as an autoscaler sets it through /scale.")
                @Default("Manual")
                @Nullable Mode mode,
        @JsonPropertyDescription("Fewest pods, with mode Operator.")
                @Default("1")
                @Min(1)
                @Max(1000)
                @Nullable Integer minReplicas,
        @JsonPropertyDescription("Most pods, with mode Operator.") @Default("8") @Min(1) @Max(1000)
                @Nullable Integer maxReplicas,
        @JsonPropertyDescription(
                        "Longest that a task should wait: (queued + in flight) x p50 / concurrency / ready pods.")
                @Default("5000")
                @Min(1)
                @Max(86400000)
                @Nullable Integer queueWaitTargetMilliseconds,
        @JsonPropertyDescription("Deviation from the target that changes nothing.")
                @Default("10")
                @Min(0)
                @Max(100)
                @Nullable Integer tolerancePercent,
        @JsonPropertyDescription("How fast pods are added; by default 4 per 60 s, at once.")
                @Nullable Rate scaleUp,
        @JsonPropertyDescription(
                        "How fast pods are removed; by default 1 per 60 s, after 300 s of less need.")
                @Nullable Rate scaleDown) {

    /// Who decides how many pods run.
    public enum Mode {
        @JsonProperty("Manual")
        MANUAL,
        @JsonProperty("Operator")
        OPERATOR,
        @JsonProperty("External")
        EXTERNAL
    }

    /// How fast the number of pods may change.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Rate(
            @JsonPropertyDescription(
                            "The most cautious need of this long a time is the one that counts.")
                    @Min(0)
                    @Max(3600)
                    @Nullable Integer stabilizationWindowSeconds,
            @JsonPropertyDescription("Most pods to add or remove within periodSeconds.")
                    @Min(1)
                    @Max(1000)
                    @Nullable Integer maxReplicas,
            @JsonPropertyDescription("The time that maxReplicas is counted over.")
                    @Min(1)
                    @Max(3600)
                    @Nullable Integer periodSeconds) {}
}

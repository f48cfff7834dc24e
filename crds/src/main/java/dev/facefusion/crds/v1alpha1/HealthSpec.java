package dev.facefusion.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// How the operator polls each pod's `/health`, and how many answers make a verdict.
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "self.timeoutSeconds < self.periodSeconds",
        message = "health.timeoutSeconds must be less than health.periodSeconds",
        fieldPath = ".timeoutSeconds")
public record HealthSpec(
        @JsonPropertyDescription("Time between two polls of one pod.")
                @Default("10")
                @Min(1)
                @Max(3600)
                @Nullable Integer periodSeconds,
        @JsonPropertyDescription("Longest wait for one answer; less than periodSeconds.")
                @Default("5")
                @Min(1)
                @Max(600)
                @Nullable Integer timeoutSeconds,
        @JsonPropertyDescription("Failed polls in a row that make a pod unhealthy.")
                @Default("3")
                @Min(1)
                @Max(100)
                @Nullable Integer failureThreshold,
        @JsonPropertyDescription("Good polls in a row that make a pod healthy again.")
                @Default("2")
                @Min(1)
                @Max(100)
                @Nullable Integer successThreshold,
        @JsonPropertyDescription(
                        "Longest time from a container's start until its models are loaded.")
                @Default("1200")
                @Min(1)
                @Max(86400)
                @Nullable Integer startupTimeoutSeconds) {}

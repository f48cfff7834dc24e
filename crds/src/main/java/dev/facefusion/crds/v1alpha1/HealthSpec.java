package dev.facefusion.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
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
                @Nullable Integer startupTimeoutSeconds,
        @JsonPropertyDescription(
                        "Longest time without progress while work is in flight; a task may take longer while it moves.")
                @Default("120")
                @Min(1)
                @Max(86400)
                @Nullable Integer stallTimeoutSeconds,
        @JsonPropertyDescription("When inference counts as slow.") @Nullable Latency latency,
        @JsonPropertyDescription("When GPU memory counts as full.") @Nullable Vram vram,
        @JsonPropertyDescription("When GPU memory counts as leaking.")
                @Nullable VramTrend vramTrend,
        @JsonPropertyDescription(
                        "What to do about a pod that does not run on the first execution provider asked for.")
                @Default("Remediate")
                @Nullable AcceleratorFallback acceleratorFallback) {

    /// When inference counts as slow.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Latency(
            @JsonPropertyDescription("The 95th percentile from which inference is slow.")
                    @Default("2000")
                    @Min(1)
                    @Max(86400000)
                    @Nullable Integer slowMilliseconds,
            @JsonPropertyDescription("How long it must be slow.")
                    @Default("120")
                    @Min(1)
                    @Max(86400)
                    @Nullable Integer forSeconds,
            @JsonPropertyDescription("Report says so; Restart begins the ladder.")
                    @Default("Report")
                    @Nullable Action action) {

        /// What to do about a slow pod.
        public enum Action {
            @JsonProperty("Report")
            REPORT,
            @JsonProperty("Restart")
            RESTART
        }
    }

    /// When GPU memory counts as full.
    @JsonIgnoreProperties(ignoreUnknown = true)
    @ValidationRule(
            value = "self.clearPercent < self.pressurePercent",
            message = "health.vram.clearPercent must be less than health.vram.pressurePercent",
            fieldPath = ".clearPercent")
    public record Vram(
            @JsonPropertyDescription("Use from which a GPU's memory is under pressure.")
                    @Default("90")
                    @Min(1)
                    @Max(100)
                    @Nullable Integer pressurePercent,
            @JsonPropertyDescription("Use below which the pressure is over.")
                    @Default("85")
                    @Min(0)
                    @Max(99)
                    @Nullable Integer clearPercent,
            @JsonPropertyDescription("How long the use must be that high.")
                    @Default("60")
                    @Min(1)
                    @Max(86400)
                    @Nullable Integer forSeconds) {}

    /// When GPU memory counts as leaking.
    @JsonIgnoreProperties(ignoreUnknown = true)
    @ValidationRule(
            value = "self.windowSeconds >= 1800",
            message =
                    "health.vramTrend.windowSeconds must be at least 1800: a trend needs 30 minutes",
            fieldPath = ".windowSeconds")
    public record VramTrend(
            @JsonPropertyDescription(
                            "Enforce drains and restarts the pod in time; Observe says so; Off does not look.")
                    @Default("Observe")
                    @Nullable Mode mode,
            @JsonPropertyDescription("How far back memory is looked at.")
                    @Default("3600")
                    @Max(86400)
                    @Nullable Integer windowSeconds,
            @JsonPropertyDescription("How soon the memory must run out to count.")
                    @Default("1800")
                    @Min(60)
                    @Max(86400)
                    @Nullable Integer horizonSeconds) {

        /// How far the operator may go.
        public enum Mode {
            @JsonProperty("Off")
            OFF,
            @JsonProperty("Observe")
            OBSERVE,
            @JsonProperty("Enforce")
            ENFORCE
        }
    }

    /// What to do about a pod on another execution provider than the one asked for.
    public enum AcceleratorFallback {
        @JsonProperty("Remediate")
        REMEDIATE,
        @JsonProperty("Report")
        REPORT,
        @JsonProperty("Ignore")
        IGNORE
    }
}

package dev.facefusion.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.facefusion.crds.schema.ListTypes;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the operator does about sick pods, and how much of it at once.
@JsonIgnoreProperties(ignoreUnknown = true)
@SchemaCustomizer(value = ListTypes.class, input = "ladder=action")
@ValidationRule(
        value =
                "!has(self.maxUnavailable) || (type(self.maxUnavailable) == int ? self.maxUnavailable >= 1 : self.maxUnavailable.matches('^(100|[1-9][0-9]?)%$'))",
        message = "remediation.maxUnavailable must be at least 1 or a percentage such as 25%",
        fieldPath = ".maxUnavailable")
public record RemediationSpec(
        @JsonPropertyDescription(
                        "Enforce acts; Observe says what it would do and does nothing; Off does not even judge what to do.")
                @Default("Enforce")
                @Nullable Mode mode,
        @JsonPropertyDescription("Pods, or percent of the wanted ones, under treatment at once.")
                @Default("1")
                @Nullable IntOrString maxUnavailable,
        @JsonPropertyDescription(
                        "Share of the pods, dark or failing at once, from which nothing is done to any: the fault is"
                                + " then not the pods'.")
                @Default("50")
                @Min(1)
                @Max(100)
                @Nullable Integer stormThresholdPercent,
        @JsonPropertyDescription("Calm that must follow a storm before anything is done again.")
                @Default("300")
                @Min(0)
                @Max(86400)
                @Nullable Integer stormCooldownSeconds,
        @JsonPropertyDescription(
                        "What to try, in this order; by default SelfRestart (300 s), Replace (900 s), AvoidNode (900 s)"
                                + " and Quarantine.")
                @Size(min = 1, max = 4)
                @Nullable List<Rung> ladder,
        @JsonPropertyDescription(
                        "A pod that has had this many actions is quarantined the next time.")
                @Nullable RepeatOffender repeatOffender,
        @JsonPropertyDescription("How long a quarantined pod is kept.")
                @Default("3600")
                @Min(1)
                @Max(604800)
                @Nullable Integer quarantineTTLSeconds) {

    /// How far the operator may go.
    public enum Mode {
        @JsonProperty("Off")
        OFF,
        @JsonProperty("Observe")
        OBSERVE,
        @JsonProperty("Enforce")
        ENFORCE
    }

    /// One remedy, and how long it may take to work.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Rung(
            @JsonPropertyDescription(
                            "SelfRestart: drain, then restart the process on the same GPU. Replace: drain, then evict."
                                    + " AvoidNode: Replace, and keep new pods off the node for a while. Quarantine: out"
                                    + " of service, kept for a look.")
                    @Required
                    Action action,
            @JsonPropertyDescription(
                            "Time that doing it may take, and again that a healthy pod may take to be there.")
                    @Min(1)
                    @Max(86400)
                    @Nullable Integer timeoutSeconds) {}

    /// What can be done about a sick pod.
    public enum Action {
        @JsonProperty("SelfRestart")
        SELF_RESTART,
        @JsonProperty("Replace")
        REPLACE,
        @JsonProperty("AvoidNode")
        AVOID_NODE,
        @JsonProperty("Quarantine")
        QUARANTINE
    }

    /// When a pod has been treated often enough.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record RepeatOffender(
            @JsonPropertyDescription("Actions within windowSeconds.")
                    @Default("3")
                    @Min(1)
                    @Max(100)
                    @Nullable Integer maxActions,
            @JsonPropertyDescription("How far back actions count.")
                    @Default("86400")
                    @Min(1)
                    @Max(604800)
                    @Nullable Integer windowSeconds) {}
}

package dev.facefusion.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.IntOrString;
import org.jspecify.annotations.Nullable;

/// How a new template reaches the pods.
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value =
                "!has(self.maxUnavailable) || (type(self.maxUnavailable) == int ? self.maxUnavailable >= 1 : self.maxUnavailable.matches('^(100|[1-9][0-9]?)%$'))",
        message = "update.maxUnavailable must be at least 1 or a percentage such as 25%",
        fieldPath = ".maxUnavailable")
@ValidationRule(
        value =
                "!has(self.maxSurge) || (type(self.maxSurge) == int ? self.maxSurge >= 0 : (self.maxSurge == 'Auto' || self.maxSurge.matches('^(100|[1-9]?[0-9])%$')))",
        message = "update.maxSurge must be Auto, a number or a percentage such as 25%",
        fieldPath = ".maxSurge")
public record UpdateSpec(
        @JsonPropertyDescription(
                        "Pods, or percent of them, that may be away at once while the fleet goes on in place.")
                @Default("1")
                @Nullable IntOrString maxUnavailable,
        @JsonPropertyDescription(
                        "Pods beyond the wanted ones: a number, a percentage, or Auto, which begins with one and goes"
                                + " on in place once the scheduler finds no node for it.")
                @Default("Auto")
                @Nullable IntOrString maxSurge,
        @JsonPropertyDescription(
                        "Longest time without progress before the rollout counts as Stalled.")
                @Default("1800")
                @Min(30)
                @Max(86400)
                @Nullable Integer progressDeadlineSeconds,
        @JsonPropertyDescription(
                        "What to do with a change of the pods that comes from a newer operator alone: leave it until"
                                + " the next change of the spec, or roll it out.")
                @Default("Defer")
                @Nullable OperatorChanges operatorChanges) {

    /// When a newer operator's template reaches the pods.
    public enum OperatorChanges {
        @JsonProperty("Defer")
        DEFER,
        @JsonProperty("Apply")
        APPLY
    }
}

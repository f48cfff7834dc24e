package dev.facefusion.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.IntOrString;
import org.jspecify.annotations.Nullable;

/// What voluntary disruptions, such as a node's drain, may take at once.
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value =
                "!has(self.maxUnavailable) || (type(self.maxUnavailable) == int ? self.maxUnavailable >= 0 : self.maxUnavailable.matches('^(100|[1-9]?[0-9])%$'))",
        message = "disruption.maxUnavailable must be a number or a percentage such as 25%",
        fieldPath = ".maxUnavailable")
public record DisruptionSpec(
        @JsonPropertyDescription("Pods, or percent of them, that may be away at once.")
                @Default("1")
                @Nullable IntOrString maxUnavailable) {}

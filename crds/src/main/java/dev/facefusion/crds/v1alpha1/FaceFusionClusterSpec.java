package dev.facefusion.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import org.jspecify.annotations.Nullable;

/// What the user asks for. The operator never writes it; a component that is absent means its
/// documented default.
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value =
                "!(has(self.runtime) && has(self.runtime.executionProviders)"
                        + " && self.runtime.executionProviders == ['cpu'])"
                        + " || (has(self.gpu) && self.gpu.count == 0)",
        message = "runtime.executionProviders is cpu alone: set gpu.count to 0",
        fieldPath = ".gpu")
@ValidationRule(
        value =
                "!(has(self.gpu) && self.gpu.count == 0)"
                        + " || !has(self.runtime) || !has(self.runtime.executionProviders)"
                        + " || self.runtime.executionProviders.all(p, p == 'cpu')",
        message = "gpu.count is 0: runtime.executionProviders may only be cpu",
        fieldPath = ".runtime.executionProviders")
@ValidationRule(
        value =
                "!(has(self.scaling) && self.scaling.mode == 'Operator')"
                        + " || !has(self.replicas) || self.replicas == 1",
        message = "scaling.mode is Operator, which decides the replicas: leave replicas out",
        fieldPath = ".replicas")
public record FaceFusionClusterSpec(
        @JsonPropertyDescription(
                        "Pods to run. Written by kubectl scale and by autoscalers through /scale.")
                @SpecReplicas
                @Default("1")
                @Min(0)
                @Max(1000)
                @Nullable Integer replicas,
        @JsonPropertyDescription(
                        "True scales to zero and keeps everything else; false or absent brings the replicas back.")
                @Default("false")
                @Nullable Boolean suspend,
        @JsonPropertyDescription(
                        "The runtime's container image; the operator's own default where absent.")
                @Nullable ImageSpec image,
        @JsonPropertyDescription("How each pod runs inference.") @Nullable RuntimeSpec runtime,
        @JsonPropertyDescription("CPU and memory of each pod; GPUs go into gpu.")
                @Nullable ResourcesSpec resources,
        @JsonPropertyDescription("GPUs of each pod.") @Nullable GpuSpec gpu,
        @JsonPropertyDescription(
                        "Where the models come from: exactly one source; the image's own models where absent.")
                @Nullable ModelsSpec models,
        @JsonPropertyDescription("Where the pods may run.") @Nullable SchedulingSpec scheduling,
        @JsonPropertyDescription("How the operator reads and judges each pod's health.")
                @Nullable HealthSpec health,
        @JsonPropertyDescription("Who decides how many pods run.") @Nullable ScalingSpec scaling,
        @JsonPropertyDescription("What the operator does about sick pods.")
                @Nullable RemediationSpec remediation,
        @JsonPropertyDescription("How a pod finishes its work.") @Nullable DrainSpec drain,
        @JsonPropertyDescription("How a change reaches the pods.") @Nullable UpdateSpec update,
        @JsonPropertyDescription("What voluntary disruptions may take.")
                @Nullable DisruptionSpec disruption,
        @JsonPropertyDescription("The Service in front of the pods.") @Nullable ServiceSpec service,
        @JsonPropertyDescription(
                        "Enabled lets only the operator reach the pods' management port, and everybody the task API.")
                @Default("Enabled")
                @Nullable NetworkPolicy networkPolicy) {

    /// Whether the pods' ports are guarded.
    public enum NetworkPolicy {
        @JsonProperty("Enabled")
        ENABLED,
        @JsonProperty("Disabled")
        DISABLED
    }
}

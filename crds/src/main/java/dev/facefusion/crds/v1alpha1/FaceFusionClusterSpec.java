package dev.facefusion.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
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
        @JsonPropertyDescription("The Service in front of the pods.")
                @Nullable ServiceSpec service) {}

package dev.facefusion.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.facefusion.crds.schema.ListTypes;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the operator sees. Numbers are quantised, so that a fleet at rest causes no write.
@JsonIgnoreProperties(ignoreUnknown = true)
@SchemaCustomizer(value = ListTypes.class, input = "conditions=type; unhealthyPods=name")
public record FaceFusionClusterStatus(
        @JsonPropertyDescription("The spec's generation that this status speaks of.")
                @Nullable Long observedGeneration,
        @JsonPropertyDescription("Label selector of the pods, for /scale.") @LabelSelector
                @Nullable String selector,
        @JsonPropertyDescription("Pods that the spec asks for; 0 while suspended.")
                @Nullable Integer desiredReplicas,
        @JsonPropertyDescription("Pods that exist.") @StatusReplicas @Nullable Integer replicas,
        @JsonPropertyDescription("Pods that take traffic and that the operator finds healthy.")
                @Nullable Integer readyReplicas,
        @JsonPropertyDescription("Pods of the current template.") @Nullable Integer updatedReplicas,
        @JsonPropertyDescription("Pods that finish their work and take no more.")
                @Nullable Integer drainingReplicas,
        @JsonPropertyDescription("Pods whose health the operator can't tell.")
                @Nullable Integer unknownReplicas,
        @JsonPropertyDescription("The fleet's load.") @Nullable Fleet fleet,
        @JsonPropertyDescription("The first ten pods that are not healthy.") @Size(max = 10)
                @Nullable List<UnhealthyPod> unhealthyPods,
        @JsonPropertyDescription("Unhealthy pods beyond those listed.")
                @Nullable Integer unhealthyPodsOmitted,
        @JsonPropertyDescription(
                        "Ready, Available, Reconciling, Stalled, Degraded, HealthDataFresh, AcceleratorActive.")
                @Nullable List<Condition> conditions) {

    /// Sums and maxima over the pods with fresh data; absent where no pod reports it.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Fleet(
            @JsonPropertyDescription("GPUs that the pods report.") @Nullable Integer gpus,
            @JsonPropertyDescription("Fullest GPU memory, in steps of 5 percent.")
                    @Nullable Integer vramUsedPercentMax,
            @JsonPropertyDescription("Tasks accepted and not yet running, on the 1-2-5 series.")
                    @Nullable Integer queuedTasks,
            @JsonPropertyDescription(
                            "Slowest pod's 95th percentile of inference, on the 1-2-5 series.")
                    @Nullable Integer inferenceMillisecondsP95) {}

    /// A pod that is not healthy, and why.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record UnhealthyPod(
            @Required String name,
            @Nullable String nodeName,
            @JsonPropertyDescription("CamelCase, as in conditions and events.") @Required
                    String reason,
            @JsonPropertyDescription("When this reason began, RFC 3339.") @Nullable String since) {}
}

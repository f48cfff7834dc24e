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
        @JsonPropertyDescription("Pods that are kept out of service for a look.")
                @Nullable Integer quarantinedReplicas,
        @JsonPropertyDescription("Pods whose health the operator can't tell.")
                @Nullable Integer unknownReplicas,
        @JsonPropertyDescription("The fleet's load.") @Nullable Fleet fleet,
        @JsonPropertyDescription(
                        "What the operator last decided of the number of pods, with mode Operator.")
                @Nullable Scaling scaling,
        @JsonPropertyDescription("What the operator does, and has done, about sick pods.")
                @Nullable Remediation remediation,
        @JsonPropertyDescription("The first ten pods that are not healthy.") @Size(max = 10)
                @Nullable List<UnhealthyPod> unhealthyPods,
        @JsonPropertyDescription("Unhealthy pods beyond those listed.")
                @Nullable Integer unhealthyPodsOmitted,
        @JsonPropertyDescription(
                        "Ready, Available, Reconciling, Stalled, Degraded, VRAMPressure, AcceleratorActive,"
                                + " HealthDataFresh, UpdatePending, StormActive.")
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
            @JsonPropertyDescription("When this reason began, RFC 3339.") @Nullable String since,
            @JsonPropertyDescription(
                            "The action that is under way or due: see spec.remediation.ladder.")
                    @Nullable String step,
            @JsonPropertyDescription(
                            "Why the action is not done: Budget, PDB, Cooldown, Storm, Paused or Observe.")
                    @Nullable String blockedBy) {}

    /// What the operator last decided of the number of pods.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Scaling(
            @JsonPropertyDescription("Pods wanted.") @Nullable Integer desiredReplicas,
            @JsonPropertyDescription("Why this many.") @Nullable String reason,
            @JsonPropertyDescription("What keeps the number from what the load asks for.")
                    @Nullable String limitedBy,
            @JsonPropertyDescription("When the number last changed, RFC 3339.")
                    @Nullable String lastScaleTime) {}

    /// What the operator does, and has done, about sick pods.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Remediation(
            @JsonPropertyDescription("Pods under treatment.") @Nullable Integer inProgress,
            @JsonPropertyDescription("The action that began last.") @Nullable LastAction lastAction,
            @JsonPropertyDescription(
                            "Actions under way, and the newest of those that ended within repeatOffender.windowSeconds."
                                    + " Each is written here before it is done, so that no other operator does it again.")
                    @Size(max = 32)
                    @Nullable List<Treatment> treatments,
            @JsonPropertyDescription("The storm that keeps the operator from acting.")
                    @Nullable Storm storm) {}

    /// The action that began last.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record LastAction(
            @Required String pod,
            @JsonPropertyDescription("SelfRestart, Replace, AvoidNode or Quarantine.") @Required
                    String action,
            @JsonPropertyDescription("CamelCase, as in conditions and events.") @Required
                    String reason,
            @JsonPropertyDescription("When it began, RFC 3339.") @Required String time,
            @JsonPropertyDescription("InProgress, Succeeded, Failed or Abandoned.") @Required
                    String result) {}

    /// One action about one pod.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Treatment(
            @Required String pod,
            @JsonPropertyDescription("The pod's, so that a namesake is not mistaken for it.")
                    @Required
                    String uid,
            @Nullable String nodeName,
            @Required String action,
            @Required String reason,
            @JsonPropertyDescription(
                            "Draining, Acting, Recovering, Succeeded, Failed or Abandoned.")
                    @Required
                    String state,
            @JsonPropertyDescription("When the action began, RFC 3339.") @Required String since,
            @JsonPropertyDescription("When the state began, RFC 3339.") @Required String stateSince,
            @JsonPropertyDescription("The container's restarts when the action began.") @Required
                    Integer restarts,
            @JsonPropertyDescription(
                            "The run of the pod's process that is to end, as its health names it.")
                    @Nullable String instance) {}

    /// Too many pods dark or failing at once.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Storm(
            @JsonPropertyDescription("When it began, RFC 3339.") @Required String since,
            @JsonPropertyDescription("Since when it is calm, RFC 3339; absent while it rages.")
                    @Nullable String calmSince) {}
}

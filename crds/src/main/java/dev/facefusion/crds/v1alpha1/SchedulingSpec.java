package dev.facefusion.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.facefusion.crds.schema.ListTypes;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the pods may run; each field is handed to the pod template as it is.
@JsonIgnoreProperties(ignoreUnknown = true)
@SchemaCustomizer(
        value = ListTypes.class,
        input = "topologySpreadConstraints=topologyKey,whenUnsatisfiable")
public record SchedulingSpec(
        @JsonPropertyDescription("Labels that a node must have.")
                @Nullable Map<String, String> nodeSelector,
        @JsonPropertyDescription("Taints that the pods tolerate.") @Size(max = 64)
                @Nullable List<Toleration> tolerations,
        @JsonPropertyDescription("Affinity of the pods.") @Nullable Affinity affinity,
        @JsonPropertyDescription("How the pods spread over nodes and zones.") @Size(max = 16)
                @Nullable List<TopologySpreadConstraint> topologySpreadConstraints,
        @JsonPropertyDescription("Priority of the pods.") @Size(max = 253)
                @Nullable String priorityClassName,
        @JsonPropertyDescription("Container runtime of the pods, for example nvidia.")
                @Size(max = 253)
                @Nullable String runtimeClassName) {}

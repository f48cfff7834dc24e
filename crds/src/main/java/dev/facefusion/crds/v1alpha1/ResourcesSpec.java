package dev.facefusion.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Resources of one pod, as in a container.
@JsonIgnoreProperties(ignoreUnknown = true)
public record ResourcesSpec(
        @JsonPropertyDescription("What the scheduler sets aside.")
                @Nullable Map<String, Quantity> requests,
        @JsonPropertyDescription("What the kubelet enforces.")
                @Nullable Map<String, Quantity> limits) {}

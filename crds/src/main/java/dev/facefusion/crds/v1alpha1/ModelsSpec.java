package dev.facefusion.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// Where a pod's models come from: exactly one of the three.
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value =
                "[has(self.bundled), has(self.persistentVolumeClaim), has(self.image)]"
                        + ".filter(source, source).size() == 1",
        message = "models needs exactly one of bundled, persistentVolumeClaim and image")
public record ModelsSpec(
        @JsonPropertyDescription("The models inside the runtime image.") @Nullable Bundled bundled,
        @JsonPropertyDescription("A volume with models and their models.json, mounted read-only.")
                @Nullable ClaimSource persistentVolumeClaim,
        @JsonPropertyDescription(
                        "An OCI image with models and their models.json, mounted as a volume; needs Kubernetes' ImageVolume feature.")
                @Nullable ImageSource image) {

    /// The image's own models; has no settings.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Bundled() {}

    /// A claim in the cluster's namespace.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ClaimSource(
            @Required @Size(min = 1, max = 253) String claimName,
            @JsonPropertyDescription("Folder inside the volume; its root where absent.")
                    @Size(max = 4096)
                    @Nullable String subPath) {}

    /// An image that is mounted, not run.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ImageSource(
            @Required @Size(min = 1, max = 1024) String reference,
            @Nullable PullPolicy pullPolicy) {}
}

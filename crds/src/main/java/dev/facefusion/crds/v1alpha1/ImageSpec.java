package dev.facefusion.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.facefusion.crds.schema.ListTypes;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A container image by tag or by digest.
@JsonIgnoreProperties(ignoreUnknown = true)
@SchemaCustomizer(value = ListTypes.class, input = "pullSecrets=name")
@ValidationRule(
        value = "has(self.tag) != has(self.digest)",
        message = "image needs exactly one of tag and digest")
public record ImageSpec(
        @JsonPropertyDescription("Registry and name, without tag or digest.")
                @Required
                @Size(min = 1, max = 512)
                String repository,
        @JsonPropertyDescription("Tag; excludes digest.")
                @Pattern("^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$")
                @Size(max = 128)
                @Nullable String tag,
        @JsonPropertyDescription("Digest, sha256:…; excludes tag.")
                @Pattern("^sha256:[0-9a-f]{64}$")
                @Size(max = 71)
                @Nullable String digest,
        @JsonPropertyDescription(
                        "When the kubelet pulls the image; Kubernetes' own default where absent.")
                @Nullable PullPolicy pullPolicy,
        @JsonPropertyDescription("Secrets of the namespace that open the registry.") @Size(max = 16)
                @Nullable List<PullSecret> pullSecrets) {

    /// The name of a Secret of type `kubernetes.io/dockerconfigjson`.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record PullSecret(@Required @Size(min = 1, max = 253) String name) {}
}

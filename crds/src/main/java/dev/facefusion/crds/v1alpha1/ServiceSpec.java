package dev.facefusion.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The Service in front of the pods' task API.
@JsonIgnoreProperties(ignoreUnknown = true)
public record ServiceSpec(
        @JsonPropertyDescription("How the Service is reached.") @Default("ClusterIP")
                @Nullable Type type,
        @JsonPropertyDescription("Annotations of the Service, for load balancers.")
                @Nullable Map<String, String> annotations) {

    /// How a Service is reached, spelt as in a Service.
    public enum Type {
        @JsonProperty("ClusterIP")
        CLUSTER_IP("ClusterIP"),
        @JsonProperty("NodePort")
        NODE_PORT("NodePort"),
        @JsonProperty("LoadBalancer")
        LOAD_BALANCER("LoadBalancer");

        private final String value;

        Type(String value) {
            this.value = value;
        }

        /// The spelling in a Service's manifest.
        public String value() {
            return value;
        }
    }
}

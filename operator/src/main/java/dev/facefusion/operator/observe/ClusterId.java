package dev.facefusion.operator.observe;

import io.fabric8.kubernetes.api.model.HasMetadata;

/// Names a FaceFusionCluster.
public record ClusterId(String namespace, String name) {
    public static ClusterId of(HasMetadata cluster) {
        return new ClusterId(cluster.getMetadata().getNamespace(), cluster.getMetadata().getName());
    }
}

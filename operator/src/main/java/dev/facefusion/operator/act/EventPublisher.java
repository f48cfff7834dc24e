package dev.facefusion.operator.act;

import io.fabric8.kubernetes.api.model.HasMetadata;

/// Tells people what has happened to an object.
public interface EventPublisher {
    /// Never throws: that nobody could be told must not keep the cluster from being mended.
    void publish(HasMetadata regarding, Notice notice);
}

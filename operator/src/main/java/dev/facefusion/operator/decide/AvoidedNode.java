package dev.facefusion.operator.decide;

import java.time.Instant;

/// A node that new replicas are kept off, by a placeholder pod on it.
public record AvoidedNode(PodRef placeholder, Instant until) {

    public String nodeName() {
        return placeholder.nodeName();
    }
}

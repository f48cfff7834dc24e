package dev.facefusion.operator.observe;

/// One run of a pod's container: what was known of the run before says nothing of this one.
public record PodInstance(String uid, int restarts) {}

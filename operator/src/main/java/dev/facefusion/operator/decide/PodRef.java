package dev.facefusion.operator.decide;

/// Which pod is meant, so that a namesake or a later run of its container is not mistaken for it.
///
/// @param nodeName empty before the pod is bound
/// @param address empty before it has one
/// @param restarts of its container
public record PodRef(String name, String uid, String nodeName, String address, int restarts) {}

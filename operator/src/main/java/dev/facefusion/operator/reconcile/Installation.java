package dev.facefusion.operator.reconcile;

import java.util.Optional;

/// What every cluster gets from the installation of the operator.
///
/// @param runtimeImage the image of clusters that name none
/// @param operator the operator's own service account, as tokens name it; empty outside a cluster:
///   nobody may drain or restart the pods then
public record Installation(String runtimeImage, Optional<String> operator) {}

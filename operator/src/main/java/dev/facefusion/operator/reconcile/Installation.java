package dev.facefusion.operator.reconcile;

import dev.facefusion.operator.desired.WorkloadSettings.OperatorPods;
import java.util.Optional;

/// What every cluster gets from the installation of the operator.
///
/// @param runtimeImage the image of clusters that name none
/// @param operator the operator's own service account, as tokens name it; empty outside a cluster:
///   nobody may drain or restart the pods then
/// @param operatorPods the operator's own pods; empty outside a cluster: no network policy can tell
///   the operator from others then, and none is made
public record Installation(
        String runtimeImage, Optional<String> operator, Optional<OperatorPods> operatorPods) {}

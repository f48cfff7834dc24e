package dev.facefusion.operator.act;

import dev.facefusion.operator.decide.Action;
import dev.facefusion.operator.desired.Workload;
import dev.facefusion.operator.desired.WorkloadSettings.Owner;

/// Makes one action true in the cluster. Idempotent.
public interface Actuator {
    /// Does it, or says why it could not.
    ///
    /// @param owner the cluster that it is about
    Outcome apply(Owner owner, Workload workload, Action action);
}

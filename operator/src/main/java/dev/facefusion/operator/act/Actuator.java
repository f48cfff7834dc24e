package dev.facefusion.operator.act;

import dev.facefusion.operator.decide.Action;
import dev.facefusion.operator.desired.Workload;

/// Makes one action true in the cluster. Idempotent.
public interface Actuator {
    Outcome apply(Workload workload, Action action);
}

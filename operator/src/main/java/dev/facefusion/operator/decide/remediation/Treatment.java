package dev.facefusion.operator.decide.remediation;

import dev.facefusion.operator.decide.PodRef;
import dev.facefusion.operator.decide.Reason;
import java.time.Instant;

/// One step about one pod. It is recorded before anything is done, so that whoever leads next goes
/// on with it, and does nothing twice.
///
/// @param pod as it was when the step began
/// @param instance the run of the pod's process that is to end; empty where it never said
/// @param since when the step began
/// @param stageSince when the stage began
public record Treatment(
        PodRef pod,
        String instance,
        Step step,
        Reason reason,
        Stage stage,
        Instant since,
        Instant stageSince) {

    static Treatment begin(PodRef pod, String instance, Step step, Reason reason, Instant now) {
        return new Treatment(pod, instance, step, reason, Stage.DRAINING, now, now);
    }

    Treatment entering(Stage next, Instant now) {
        return next == stage ? this : new Treatment(pod, instance, step, reason, next, since, now);
    }

    public boolean open() {
        return stage.open();
    }
}

package dev.facefusion.runtime.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Everything one health report looks at, taken at one moment.
///
/// @param stallThreshold how long a running task may go without progress
public record Observation(
        Instant now,
        Instance instance,
        RuntimeState state,
        TaskFigures tasks,
        EngineFigures engine,
        HostUsage host,
        Duration stallThreshold) {

    /// One life of the process.
    ///
    /// @param id new with every start of the process
    public record Instance(String id, Instant startedAt) {}

    // The kubelet may restart the pod only after the operator had its chance to.
    private static final int STUCK_FACTOR = 3;

    /// True if a running task has made no progress for longer than the threshold.
    boolean stalled() {
        return idleLongerThan(stallThreshold);
    }

    /// True if that lasts for three times the threshold.
    boolean stuck() {
        return idleLongerThan(stallThreshold.multipliedBy(STUCK_FACTOR));
    }

    private boolean idleLongerThan(Duration limit) {
        var sinceProgress = tasks.sinceProgress();
        return tasks.running() > 0 && sinceProgress != null && sinceProgress.compareTo(limit) > 0;
    }

    /// Why tasks are not served as they should be; empty if they are.
    List<DegradedReason> degradedBy() {
        var reasons = new ArrayList<DegradedReason>();
        if (state instanceof RuntimeState.Failed) {
            reasons.add(DegradedReason.MODELS_NOT_LOADED);
        }
        var execution = engine.execution();
        if (execution != null && execution.cpuFallback()) {
            reasons.add(DegradedReason.CPU_FALLBACK);
        }
        if (tasks.recent().mostlyFailed()) {
            reasons.add(DegradedReason.TASKS_FAILING);
        }
        return reasons;
    }
}

package dev.facefusion.runtime.health;

import dev.facefusion.runtime.drift.QualityFigures;
import dev.facefusion.runtime.gpu.Gpu;
import dev.facefusion.runtime.gpu.GpuFigures;
import dev.facefusion.runtime.host.HostUsage;
import dev.facefusion.runtime.plugin.CustomFigures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

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
        GpuFigures gpus,
        CustomFigures custom,
        QualityFigures quality,
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
        if (anyGpu(gpu -> gpu.state() != Gpu.State.PRESENT)) {
            reasons.add(DegradedReason.GPU_LOST);
        }
        if (anyGpu(gpu -> gpu.errors().memoryBad())) {
            reasons.add(DegradedReason.GPU_ECC_ERRORS);
        }
        if (anyGpu(gpu -> gpu.errors().hardwareFailed())) {
            reasons.add(DegradedReason.GPU_XID);
        }
        if (anyGpu(gpu -> gpu.board().overheated())) {
            reasons.add(DegradedReason.GPU_THROTTLED);
        }
        if (gpus.stale()) {
            reasons.add(DegradedReason.GPU_TELEMETRY_STALE);
        }
        if (selfTestFailed()) {
            reasons.add(DegradedReason.SELF_TEST_FAILED);
        }
        if (quality.nanOutput()) {
            reasons.add(DegradedReason.NAN_OUTPUT);
        }
        var drift = quality.drift();
        if (drift != null && drift.drifting()) {
            reasons.add(DegradedReason.DRIFT);
        }
        return reasons;
    }

    /// True if the golden sample did not come out as it should.
    boolean selfTestFailed() {
        var selfTest = quality.selfTest();
        return selfTest != null && selfTest.fault().isPresent();
    }

    private boolean anyGpu(Predicate<Gpu> holds) {
        return gpus.known().stream().anyMatch(holds);
    }
}

package dev.facefusion.tests.simulation;

import java.time.Duration;

/// What a simulated runtime is like, and the work that it does.
///
/// @param startTime from the container's start until the models are loaded
/// @param taskTime of one task
/// @param tasksInFlight that never run out, beside those that arrive
/// @param drainTime until the tasks in flight are done once no more are accepted
/// @param drainTimeout after which a restart goes ahead although tasks are left
/// @param gpuMemory of each GPU in MiB
/// @param stallThreshold without progress, from which the runtime calls itself stalled
public record Workload(
        Duration startTime,
        Duration taskTime,
        int tasksInFlight,
        Duration drainTime,
        Duration drainTimeout,
        int gpuMemory,
        Duration stallThreshold) {}

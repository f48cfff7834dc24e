package dev.facefusion.operator.decide.scaling;

import java.time.Duration;
import java.util.Optional;

/// How many pods there shall be.
///
/// @param limitedBy what keeps `desired` from what the load asks for
/// @param expectedWait of a task that comes now; empty where it can't be told
/// @param memory for the next decision
/// @param lookAgainAfter when to decide again, whether anything happens or not
public record ScalingResult(
        int desired,
        ScalingReason reason,
        Optional<ScalingLimit> limitedBy,
        Optional<Duration> expectedWait,
        ScalingMemory memory,
        Duration lookAgainAfter) {}

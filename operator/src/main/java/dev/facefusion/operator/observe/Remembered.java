package dev.facefusion.operator.observe;

import dev.facefusion.operator.decide.scaling.ScalingMemory;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What only this operator's memory knows of a cluster.
///
/// @param refusals until when each eviction that was refused is not tried again, by the pod's UID
/// @param scaling what the last decision on the number of pods left; empty before the first
public record Remembered(Map<String, Instant> refusals, Optional<ScalingMemory> scaling) {}

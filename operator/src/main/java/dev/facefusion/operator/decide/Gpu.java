package dev.facefusion.operator.decide;

import java.util.OptionalInt;

/// One GPU as its pod reports it.
///
/// @param memoryUsedPercent 0 to 100; empty where the pod does not tell
public record Gpu(OptionalInt memoryUsedPercent) {}

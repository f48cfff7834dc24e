package dev.facefusion.operator.decide.trend;

import java.time.Instant;
import java.util.OptionalLong;

/// One look at the memory of one GPU.
///
/// @param at when the driver was asked
/// @param device the GPU's UUID
/// @param load names the process and its models: memory is compared only under the same load
/// @param used in MiB
/// @param limit how much of it may be used, in MiB
/// @param completed tasks since the process began; empty where it does not tell
public record MemorySample(
        Instant at, String device, String load, int used, int limit, OptionalLong completed) {}

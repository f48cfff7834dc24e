package dev.facefusion.operator.decide;

import dev.facefusion.operator.decide.PodHealth.Remedy;
import java.time.Duration;

/// When inference counts as slow.
///
/// @param slowMilliseconds the 95th percentile from which it is slow
/// @param sustained how long it must be slow, and how long it must be fast again
/// @param remedy what a slow pod calls for
public record Latency(int slowMilliseconds, Duration sustained, Remedy remedy) {}

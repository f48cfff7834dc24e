package dev.facefusion.operator.decide.trend;

import java.time.Instant;

/// Where one GPU's memory is heading.
public sealed interface Forecast {
    /// Too little has been seen to say.
    record Unknown() implements Forecast {}

    /// No growth that can be told from noise, steps or caches.
    record Steady() implements Forecast {}

    /// Memory grows.
    ///
    /// @param at when it reaches its limit; in the past where it has
    record Exhausts(Instant at) implements Forecast {}
}

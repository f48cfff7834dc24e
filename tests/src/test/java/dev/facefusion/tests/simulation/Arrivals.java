package dev.facefusion.tests.simulation;

import java.time.Duration;

/// Tasks that come to a fleet: a steady rate with a swing around it.
///
/// @param perSecond the mean
/// @param swing how far the rate goes above and below the mean
/// @param period of the swing
public record Arrivals(double perSecond, double swing, Duration period) {
    public static final Arrivals NONE = new Arrivals(0, 0, Duration.ofMinutes(1));

    /// Tasks within a step that ends at a time after the beginning.
    public double during(Duration step, Duration at) {
        double phase = 2 * Math.PI * at.toMillis() / period.toMillis();
        return Math.max(0, perSecond + swing * Math.sin(phase)) * step.toMillis() / 1000.0;
    }
}

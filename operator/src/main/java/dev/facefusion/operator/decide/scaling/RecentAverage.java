package dev.facefusion.operator.decide.scaling;

import java.time.Duration;
import java.time.Instant;

/// The average of a figure over the last while: what is half a minute old weighs a third.
record RecentAverage(Instant at, double value) {
    private static final Duration MEMORY = Duration.ofSeconds(30);

    RecentAverage then(Instant now, double figure) {
        double age = Math.max(0, Duration.between(at, now).toMillis());
        double share = 1 - StrictMath.exp(-age / MEMORY.toMillis());
        return new RecentAverage(now, value + share * (figure - value));
    }
}

package dev.facefusion.operator.decide.scaling;

import java.time.Duration;
import java.time.Instant;

/// How many pods' worth of tasks ran of late: an average in which a minute's age weighs a third.
record BusyPods(Instant at, double pods) {
    private static final Duration MEMORY = Duration.ofMinutes(1);

    BusyPods then(Instant now, double pods) {
        double age = Math.max(0, Duration.between(at, now).toMillis());
        double share = 1 - StrictMath.exp(-age / MEMORY.toMillis());
        return new BusyPods(now, this.pods + share * (pods - this.pods));
    }
}

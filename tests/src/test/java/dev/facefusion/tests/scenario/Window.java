package dev.facefusion.tests.scenario;

import java.time.Duration;

/// A stretch of a scenario's time.
public record Window(Duration after, Duration before) {
    boolean contains(Duration at) {
        return at.compareTo(after) >= 0 && at.compareTo(before) <= 0;
    }

    @Override
    public String toString() {
        return after.isZero()
                ? "before %d s".formatted(before.toSeconds())
                : "between %d s and %d s".formatted(after.toSeconds(), before.toSeconds());
    }
}

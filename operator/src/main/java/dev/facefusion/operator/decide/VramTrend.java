package dev.facefusion.operator.decide;

import java.time.Duration;

/// When GPU memory counts as leaking.
///
/// @param window how far back memory is looked at
/// @param horizon how soon the memory must run out to count
public record VramTrend(Mode mode, Duration window, Duration horizon) {
    /// How far the operator may go.
    public enum Mode {
        OFF,
        OBSERVE,
        ENFORCE
    }

    private static final Duration SHORTEST = Duration.ofMinutes(30);

    public VramTrend {
        if (window.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    "health.vramTrend.windowSeconds must be at least %d, got %d"
                            .formatted(SHORTEST.toSeconds(), window.toSeconds()));
        }
    }
}

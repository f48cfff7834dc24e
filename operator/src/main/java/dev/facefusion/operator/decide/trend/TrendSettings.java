package dev.facefusion.operator.decide.trend;

import java.time.Duration;

/// How far to look.
///
/// @param window how far back
/// @param horizon how soon the memory must be full to be worth an alarm
public record TrendSettings(Duration window, Duration horizon) {
    private static final long MOST_MINIMA = 120;

    /// How long the spans are whose minima are compared: a minute, or more where the window would
    /// hold more than 120.
    Duration span() {
        long minutes = (window.toMinutes() + MOST_MINIMA - 1) / MOST_MINIMA;
        return Duration.ofMinutes(Math.max(1, minutes));
    }
}

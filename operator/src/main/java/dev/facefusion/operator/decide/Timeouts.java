package dev.facefusion.operator.decide;

import java.time.Duration;

/// How long a pod may take.
///
/// @param startup from the container's start until its models are loaded
/// @param stall without progress while work is in flight
/// @param stale age of the last poll, or the last figure, from which it says nothing any more
public record Timeouts(Duration startup, Duration stall, Duration stale) {
    public Timeouts {
        requirePositive("startupTimeout", startup);
        requirePositive("stallTimeout", stall);
        requirePositive("staleAfter", stale);
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " must be positive, got " + value);
        }
    }
}

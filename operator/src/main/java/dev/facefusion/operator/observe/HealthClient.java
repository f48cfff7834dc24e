package dev.facefusion.operator.observe;

import dev.facefusion.operator.decide.Poll;
import java.net.URI;
import java.time.Duration;

/// Asks one pod how it is.
public interface HealthClient {
    /// Never throws, and returns within the timeout, give or take scheduling.
    Poll poll(URI health, Duration timeout);
}

package dev.facefusion.operator.observe;

import dev.facefusion.operator.decide.HealthPolicy;
import java.time.Duration;

/// How often and how patiently the pods of one cluster are asked, and how the answers add up.
public record PollSettings(Duration period, Duration timeout, HealthPolicy policy) {
    public PollSettings {
        if (timeout.compareTo(period) >= 0) {
            throw new IllegalArgumentException(
                    "health.timeoutSeconds must be less than health.periodSeconds, got %s and %s"
                            .formatted(timeout, period));
        }
    }
}

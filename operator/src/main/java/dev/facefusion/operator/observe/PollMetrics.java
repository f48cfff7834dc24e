package dev.facefusion.operator.observe;

import dev.facefusion.operator.decide.Poll;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;

/// Figures of the polling itself. No tag names a pod or a cluster: their number has no bound.
final class PollMetrics {
    private final MeterRegistry registry;
    private final Timer lag;

    PollMetrics(MeterRegistry registry, Supplier<Number> podsWatched) {
        this.registry = registry;
        this.lag =
                Timer.builder("facefusion.operator.health.poll.lag")
                        .description("How late polls start")
                        .publishPercentiles(0.5, 0.99)
                        .register(registry);
        Gauge.builder("facefusion.operator.health.pods.watched", podsWatched)
                .description("Pod instances that are polled")
                .register(registry);
    }

    void started(Duration late) {
        lag.record(late);
    }

    void ended(Poll poll, Duration took) {
        registry.timer("facefusion.operator.health.poll", "outcome", outcome(poll)).record(took);
    }

    private static String outcome(Poll poll) {
        return switch (poll) {
            case Poll.Answered _ -> "answered";
            case Poll.Refused _ -> "refused";
            case Poll.ConnectTimedOut _ -> "connect_timed_out";
            case Poll.ReadTimedOut _ -> "read_timed_out";
            case Poll.Failed _ -> "failed";
            case Poll.Unreadable _ -> "unreadable";
        };
    }
}

package dev.facefusion.runtime.jobs;

import dev.facefusion.runtime.engine.SwapOptions;
import dev.facefusion.runtime.engine.video.VideoOptions;
import dev.facefusion.runtime.queue.Lane;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Jobs for tests.
final class Jobs {

    static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    private Jobs() {}

    static JobOrder order(String id, long number) {
        return order(id, number, null);
    }

    /// @param film `null` for a picture
    static JobOrder order(String id, long number, @Nullable VideoOptions film) {
        return new JobOrder(
                id,
                number,
                "alice",
                "request-" + id,
                Lane.BATCH,
                SwapOptions.defaults(),
                film,
                30,
                new IdempotencyKey("key-" + id, "f1"),
                NOON,
                Duration.ofHours(24));
    }

    static Job queued(String id, long number) {
        return Job.accepted(order(id, number), number);
    }

    static Job running(String id, long number) {
        return queued(id, number).started(NOON.plusSeconds(1));
    }

    static JobResult result() {
        return new JobResult("image/png", 12, "aa", NOON.plusSeconds(3600));
    }
}

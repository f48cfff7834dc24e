package dev.facefusion.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.facefusion.runtime.Form;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A hung engine is told from a slow one, while every core is busy and the queue is full.
///
/// The slow one is watched for 10 s, or for `-Dstall.seconds`. The hung one shows within a second
/// of the threshold: that is asked for with `-Dlatency.strict=true`, on a machine with nothing else
/// to do. On any other it may be ten seconds late.
@Timeout(600)
class StallIT {

    private static final Duration THRESHOLD = Duration.ofSeconds(2);
    private static final Duration LATE =
            Boolean.getBoolean("latency.strict") ? Duration.ofSeconds(1) : Duration.ofSeconds(10);
    private static final Duration WATCHED =
            Duration.ofSeconds(Integer.getInteger("stall.seconds", 10));
    private static final Map<String, String> SETTINGS =
            Map.of(
                    "STALL_THRESHOLD_SECONDS", Long.toString(THRESHOLD.toSeconds()),
                    "QUEUE_CAPACITY", "4",
                    "DRAIN_TIMEOUT_SECONDS", "1",
                    "TASK_TIMEOUT_SECONDS", "3600");

    @Test
    void showsAnEngineWhoseModelBlocksAsStalledSoonAfterTheThreshold() throws Exception {
        // given
        var engine = FakeEngine.warm();
        try (var server = RunningServer.start(SETTINGS, engine).awaitReady();
                var _ = Burner.onAllCores()) {

            // when
            var sent = System.nanoTime();
            var first = server.swapLater(Form.of("a", "b"));
            engine.started.acquire();
            var blocked = System.nanoTime();
            var others = fill(server, 4);

            // then
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> status(server).equals("stalled"));
            var seen = System.nanoTime();
            assertThat(Duration.ofNanos(seen - sent)).isGreaterThan(THRESHOLD);
            assertThat(Duration.ofNanos(seen - blocked)).isLessThan(THRESHOLD.plus(LATE));
            engine.mayFinish.release(100);
            first.join();
            others.forEach(CompletableFuture::join);
            await().until(() -> status(server).equals("healthy"));
        }
    }

    @Test
    void neverCallsAnEngineStalledThatIsSlowButMoves() throws Exception {
        // given
        var engine =
                FakeEngine.busy((progress, cancellation) -> {
                    var end = System.nanoTime() + WATCHED.toNanos();
                    while (System.nanoTime() < end && !cancellation.cancelled()) {
                        LockSupport.parkNanos(THRESHOLD.toNanos() / 8);
                        progress.moved();
                    }
                });
        try (var server = RunningServer.start(SETTINGS, engine).awaitReady();
                var _ = Burner.onAllCores()) {
            var first = fill(server, 5).getFirst();

            // when
            var seen = new ArrayList<String>();
            while (!first.isDone()) {
                seen.add(status(server));
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }

            // then
            assertThat(seen).hasSizeGreaterThan(10).doesNotContain("stalled");
        }
    }

    private static List<CompletableFuture<?>> fill(RunningServer server, int count)
            throws Exception {
        var tasks = new ArrayList<CompletableFuture<?>>();
        for (var i = 0; i < count; i++) {
            tasks.add(server.swapLater(Form.of("a", "b")));
            var queued = i;
            await().until(() -> server.queueLength() >= queued);
        }
        return tasks;
    }

    private static String status(RunningServer server) throws Exception {
        return server.health().get("status").asText();
    }
}

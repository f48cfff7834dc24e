package dev.facefusion.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.facefusion.runtime.Form;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Ten times as many requests as the engine can do, at a steady pace, for 15 s or for
/// `-Doverload.seconds`. The figures go to `target/overload.txt`.
@Timeout(300)
class OverloadIT {

    private static final int FACTOR = 10;
    private static final Duration LENGTH =
            Duration.ofSeconds(Integer.getInteger("overload.seconds", 15));
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final int CAPACITY = 8;
    private static final long MEBIBYTE = 1024L * 1024;
    private static final Path PHOTOS = Path.of("models/photos");

    private record Answer(int status, boolean saysWhenToRetry, Duration time) {}

    private record Poll(int status, Duration time) {}

    @Test
    void servesWhatItCanAndRefusesTheRest() throws Exception {
        // given
        var settings =
                Map.of(
                        "API_PORT", "0",
                        "HEALTH_PORT", "0",
                        "EXECUTION_THREADS", "1",
                        // The heap is resident from the start: what grows then is something else.
                        "JAVA_TOOL_OPTIONS", "-Xms192m -XX:+AlwaysPreTouch",
                        "QUEUE_CAPACITY", Integer.toString(CAPACITY));
        var body =
                Form.of(
                                Files.readAllBytes(PHOTOS.resolve("grace_hopper.jpg")),
                                Files.readAllBytes(PHOTOS.resolve("astronaut.png")))
                        .bytes();
        try (var runtime = RuntimeProcess.serve(settings);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> runtime.health("/ready").statusCode() == 200);
            var each = timePerSwap(runtime, body);
            var answers = new ConcurrentLinkedQueue<Answer>();
            var polls = new ConcurrentLinkedQueue<Poll>();
            var heapBefore = 0L;
            var memoryBefore = 0L;

            // when
            var poller = threads.submit(() -> poll(runtime, polls));
            var pace = each.dividedBy(FACTOR);
            var requests = LENGTH.dividedBy(pace);
            var start = System.nanoTime();
            for (var i = 0L; i < requests; i++) {
                LockSupport.parkNanos(start + i * pace.toNanos() - System.nanoTime());
                threads.execute(() -> answers.add(swap(runtime, body)));
                if (i == requests / 3) {
                    heapBefore = runtime.heapBytes();
                    memoryBefore = runtime.residentBytes();
                }
            }
            await().atMost(Duration.ofMinutes(1)).until(() -> answers.size() == requests);
            poller.cancel(true);

            // then
            var done =
                    times(
                            answers.stream()
                                    .filter(answer -> answer.status() == 200)
                                    .map(Answer::time)
                                    .toList());
            var refused = answers.stream().filter(answer -> answer.status() == 429).toList();
            var health = times(polls.stream().map(Poll::time).toList());
            var growth = runtime.residentBytes() - memoryBefore;
            var figures =
                    """
                    %d requests in %d s, ten times what %d ms per swap allow
                    done %d, p50 %d ms, p95 %d ms; refused %d
                    /health polled %d times, p50 %d ms, p99 %d ms
                    from a third of the time to the end: heap %d to %d MiB, resident memory %+d MiB
                    """
                            .formatted(
                                    requests,
                                    LENGTH.toSeconds(),
                                    each.toMillis(),
                                    done.size(),
                                    percentile(done, 50).toMillis(),
                                    percentile(done, 95).toMillis(),
                                    refused.size(),
                                    health.size(),
                                    percentile(health, 50).toMillis(),
                                    percentile(health, 99).toMillis(),
                                    heapBefore / MEBIBYTE,
                                    runtime.heapBytes() / MEBIBYTE,
                                    growth / MEBIBYTE);
            Files.writeString(Path.of("target/overload.txt"), figures);
            assertThat(answers).as(figures).extracting(Answer::status).containsOnly(200, 429);
            assertThat(refused).as(figures).allMatch(Answer::saysWhenToRetry);
            assertThat(percentile(done, 95)).as(figures).isLessThan(DEADLINE);
            assertThat(polls).as(figures).extracting(Poll::status).containsOnly(200);
            assertThat(growth).as(figures).isLessThan(64 * MEBIBYTE);
        }
    }

    private static Duration timePerSwap(RuntimeProcess runtime, byte[] body) {
        for (var i = 0; i < 20; i++) {
            swap(runtime, body);
        }
        var start = System.nanoTime();
        for (var i = 0; i < 10; i++) {
            swap(runtime, body);
        }
        return Duration.ofNanos((System.nanoTime() - start) / 10);
    }

    private static Answer swap(RuntimeProcess runtime, byte[] body) {
        var start = System.nanoTime();
        try {
            var response =
                    runtime.client()
                            .send(
                                    HttpRequest.newBuilder(runtime.api("/v1/swap"))
                                            .header("Content-Type", Form.CONTENT_TYPE)
                                            .header(
                                                    "X-Deadline-Ms",
                                                    Long.toString(DEADLINE.toMillis()))
                                            .POST(BodyPublishers.ofByteArray(body))
                                            .build(),
                                    BodyHandlers.discarding());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValueAsLong("Retry-After").orElse(0) > 0,
                    Duration.ofNanos(System.nanoTime() - start));
        } catch (IOException e) {
            return new Answer(0, false, Duration.ofNanos(System.nanoTime() - start));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void poll(RuntimeProcess runtime, Queue<Poll> polls) {
        while (!Thread.currentThread().isInterrupted()) {
            var start = System.nanoTime();
            try {
                var status = runtime.health("/health").statusCode();
                polls.add(new Poll(status, Duration.ofNanos(System.nanoTime() - start)));
            } catch (IOException e) {
                polls.add(new Poll(0, Duration.ofNanos(System.nanoTime() - start)));
            } catch (InterruptedException _) {
                return;
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private static List<Duration> times(List<Duration> times) {
        return times.stream().sorted().toList();
    }

    private static Duration percentile(List<Duration> sorted, int percent) {
        return sorted.isEmpty() ? Duration.ZERO : sorted.get((sorted.size() - 1) * percent / 100);
    }
}

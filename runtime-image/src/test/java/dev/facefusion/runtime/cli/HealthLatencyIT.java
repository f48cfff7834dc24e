package dev.facefusion.runtime.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.facefusion.runtime.Form;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How fast `/health` answers while every worker is busy and tasks wait: in a process of its own,
/// over loopback. The figures go to `target/health-latency.txt`.
///
/// The bound only catches a report that waits for the engine: on a shared machine most of the time
/// measured is the scheduler's, as the figures of the idle server show.
@Timeout(180)
class HealthLatencyIT {

    private static final int CLIENTS = 4;
    private static final int PROBES = 500;
    private static final Duration PERIOD = Duration.ofMillis(20);
    private static final long BOUND_MICROS = 1_000_000;
    private static final Path PHOTOS = Path.of("models/photos");

    @Test
    void answersWhileTheEngineIsSaturated() throws Exception {
        // given
        try (var runtime = RuntimeProcess.serve(Map.of("API_PORT", "0", "HEALTH_PORT", "0"));
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> runtime.health("/ready").statusCode() == 200);
            var idle = probe(runtime.healthPort());
            for (var i = 0; i < CLIENTS; i++) {
                clients.execute(() -> swapForever(runtime));
            }
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> runtime.healthReport().get("tasks_completed_total").asInt() > 10);

            // when
            var busy = probe(runtime.healthPort());

            // then
            var text = figures("idle", idle) + figures("busy", busy);
            Files.writeString(Path.of("target/health-latency.txt"), text);
            assertThat(busy[PROBES * 99 / 100]).as(text).isLessThan(BOUND_MICROS);
            clients.shutdownNow();
        }
    }

    private static String figures(String name, long[] micros) {
        return "%s: p50 %d us, p95 %d us, p99 %d us, max %d us%n"
                .formatted(
                        name,
                        micros[PROBES / 2],
                        micros[PROBES * 95 / 100],
                        micros[PROBES * 99 / 100],
                        micros[PROBES - 1]);
    }

    private static void swapForever(RuntimeProcess runtime) {
        try {
            var form =
                    Form.of(
                            Files.readAllBytes(PHOTOS.resolve("grace_hopper.jpg")),
                            Files.readAllBytes(PHOTOS.resolve("astronaut.png")));
            var request =
                    HttpRequest.newBuilder(runtime.api("/v1/swap"))
                            .header("Content-Type", Form.CONTENT_TYPE)
                            .POST(BodyPublishers.ofByteArray(form.bytes()))
                            .build();
            while (!Thread.currentThread().isInterrupted()) {
                runtime.client().send(request, BodyHandlers.discarding());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    // A bare socket: a client library's own threads would be measured with the server's.
    private static long[] probe(int port) throws IOException {
        var micros = new long[PROBES];
        var request = "GET /health HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII);
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            var buffer = new byte[16 * 1024];
            for (var i = 0; i < PROBES; i++) {
                var start = System.nanoTime();
                socket.getOutputStream().write(request);
                for (var read = 0; read < length(buffer, read); ) {
                    read += socket.getInputStream().read(buffer, read, buffer.length - read);
                }
                micros[i] = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
                LockSupport.parkNanos(PERIOD.toNanos());
            }
        }
        Arrays.sort(micros);
        return micros;
    }

    // Of the head and the body, as far as the head says; else more than was read.
    private static int length(byte[] buffer, int read) {
        var text = new String(buffer, 0, read, US_ASCII);
        var headEnd = text.indexOf("\r\n\r\n");
        if (headEnd < 0) {
            return Integer.MAX_VALUE;
        }
        var lower = text.toLowerCase(Locale.ROOT);
        var field = "content-length: ";
        var start = lower.indexOf(field) + field.length();
        return headEnd + 4 + Integer.parseInt(lower.substring(start, lower.indexOf("\r\n", start)));
    }
}

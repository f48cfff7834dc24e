package dev.facefusion.runtime.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.facefusion.runtime.Form;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Clients that hang up, are late or ask for what cannot be, over real sockets.
@Timeout(60)
class DisconnectIT {

    // It takes half a second where the machine has nothing else to do.
    private static final Duration NOTICED = Duration.ofSeconds(5);

    @Test
    void takesTheTaskOfAClientThatHungUpOutOfTheQueue() throws Exception {
        // given
        var engine = FakeEngine.warm();
        try (var server = RunningServer.start(Map.of(), engine).awaitReady()) {
            var running = server.swapLater(Form.of("a", "first"));
            engine.started.acquire();
            var client = swap(server, Form.of("a", "second"));
            server.awaitBehindOne(1);

            // when
            client.close();

            // then
            await().atMost(NOTICED)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> server.queueLength() == 0);
            engine.mayFinish.release();
            assertThat(running.join().statusCode()).isEqualTo(200);
            await().until(() -> server.health().get("tasks_completed_total").asInt() == 1);
            assertThat(server.health().get("tasks_in_flight").asInt()).isZero();
            assertThat(server.health().get("tasks_failed_total").asInt()).isZero();
        }
    }

    @Test
    void stopsTheRunningTaskOfAClientThatHungUp() throws Exception {
        // given
        var engine = FakeEngine.obedient();
        try (var server = RunningServer.start(Map.of(), engine).awaitReady()) {
            var client = swap(server, Form.of("a", "first"));
            engine.started.acquire();

            // when
            client.close();

            // then
            await().atMost(NOTICED)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> engine.stopped.get() == 1);
            await().until(() -> server.health().get("tasks_in_flight").asInt() == 0);
        }
    }

    @Test
    void keepsWaitingForAClientThatStays() throws Exception {
        // given
        var engine = FakeEngine.warm();
        try (var server = RunningServer.start(Map.of(), engine).awaitReady();
                var client = swap(server, Form.of("a", "first"))) {
            engine.started.acquire();
            var aWhile = System.nanoTime() + Duration.ofSeconds(2).toNanos();
            await().until(() -> System.nanoTime() > aWhile);

            // when
            engine.mayFinish.release(2);

            // then
            assertThat(answer(client)).startsWith("HTTP/1.1 200 ").endsWith("first");
            client.getOutputStream().write(request(Form.of("a", "second")));
            assertThat(answer(client)).startsWith("HTTP/1.1 200 ").endsWith("second");
        }
    }

    @Test
    void answersAClientThatSendsItsNextRequestEarlyAndThenClosesTheConnection() throws Exception {
        // given
        var engine = FakeEngine.warm();
        try (var server = RunningServer.start(Map.of(), engine).awaitReady();
                var client = swap(server, Form.of("a", "first"))) {
            engine.started.acquire();

            // when
            client.getOutputStream()
                    .write("GET /v1/models HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
            var aWhile = System.nanoTime() + Duration.ofSeconds(1).toNanos();
            await().until(() -> System.nanoTime() > aWhile);
            engine.mayFinish.release();

            // then
            var all = new String(client.getInputStream().readAllBytes(), UTF_8);
            assertThat(all)
                    .startsWith("HTTP/1.1 200 ")
                    .containsIgnoringCase("connection: close")
                    .endsWith("first");
        }
    }

    @Test
    void answersAtTheClientsOwnDeadline() throws Exception {
        // given
        var engine = FakeEngine.obedient();
        try (var server = RunningServer.start(Map.of(), engine).awaitReady()) {
            var request = withHeader(server, "X-Deadline-Ms", "2000");

            // when
            var start = System.nanoTime();
            var response = server.send(request);

            // then
            assertThat(response.statusCode()).isEqualTo(504);
            assertThat(RunningServer.json(response).get("detail").asText()).contains("2000 ms");
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(30));
            await().until(() -> engine.stopped.get() == 1);
        }
    }

    @Test
    void refusesHeadersThatItCannotUse() throws Exception {
        // given
        try (var server = RunningServer.start(Map.of(), FakeEngine.warm()).awaitReady()) {
            for (var header :
                    new String[][] {
                        {"X-Deadline-Ms", "0"},
                        {"X-Deadline-Ms", "300001"},
                        {"X-Deadline-Ms", "soon"},
                        {"X-Priority", "urgent"}
                    }) {
                // when
                var response = server.send(withHeader(server, header[0], header[1]));

                // then
                assertThat(response.statusCode()).isEqualTo(400);
                assertThat(RunningServer.json(response).get("type").asText())
                        .endsWith(":bad-header");
            }
        }
    }

    private static HttpRequest withHeader(RunningServer server, String name, String value) {
        return HttpRequest.newBuilder(server.api("/v1/swap"))
                .header("Content-Type", Form.CONTENT_TYPE)
                .header(name, value)
                .POST(BodyPublishers.ofByteArray(Form.of("a", "b").bytes()))
                .build();
    }

    private static Socket swap(RunningServer server, Form form) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.apiPort());
        socket.getOutputStream().write(request(form));
        return socket;
    }

    private static byte[] request(Form form) {
        var body = form.bytes();
        var head =
                "POST /v1/swap HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                        .formatted(Form.CONTENT_TYPE, body.length)
                        .getBytes(US_ASCII);
        var all = new byte[head.length + body.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    // One answer that fits into a packet and arrives whole.
    private static String answer(Socket socket) throws IOException {
        var buffer = new byte[16 * 1024];
        var text = "";
        while (!text.contains("\r\n\r\n") || text.endsWith("\r\n\r\n")) {
            var read = socket.getInputStream().read(buffer);
            if (read < 0) {
                break;
            }
            text += new String(buffer, 0, read, UTF_8);
        }
        return text;
    }
}

package dev.facefusion.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.SocketException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a client can do to the server without a single well-formed request, over real sockets.
/// After each, the server answers as before.
@Timeout(60)
class ConnectionLimitsIT {

    private static final int PER_ADDRESS = 20;
    private static final String REQUEST = "GET /v1/models HTTP/1.1\r\nHost: x\r\n\r\n";

    private final RunningServer server =
            RunningServer.start(
                            Map.of(
                                    "HEADER_TIMEOUT_SECONDS", "2",
                                    "IDLE_TIMEOUT_SECONDS", "2",
                                    "STALL_TIMEOUT_SECONDS", "2",
                                    "MIN_BYTES_PER_SECOND", "1000",
                                    "MAX_URI_BYTES", "200",
                                    "MAX_HEADER_KILOBYTES", "4"),
                            FakeEngine.warm())
                    .awaitReady();

    @AfterEach
    void answersAsBefore() throws Exception {
        await().until(() -> models() == 200);
        server.close();
    }

    @Test
    void cutsAClientThatTricklesItsHeaders() throws Exception {
        // given
        try (var client = RawConnection.to(server.apiPort())) {
            client.send("GET /v1/models HTTP/1.1\r\nHost: x\r\n");

            // when
            var trickle = Thread.startVirtualThread(() -> trickle(client));
            var answer = client.readAll();

            // then
            assertThat(answer)
                    .startsWith("HTTP/1.1 408 ")
                    .contains("application/problem+json", "urn:facefusion:problem:too-slow");
            trickle.interrupt();
        }
    }

    @Test
    void cutsAClientThatSaysNothing() throws Exception {
        // when
        try (var client = RawConnection.to(server.apiPort())) {

            // then
            assertThat(client.readAll()).isEmpty();
        }
    }

    @Test
    void cutsAClientThatTricklesItsBody() throws Exception {
        // given
        try (var client = RawConnection.to(server.apiPort())) {
            client.send(
                    """
                    POST /v1/swap HTTP/1.1\r
                    Host: x\r
                    Content-Length: 100000\r
                    Content-Type: multipart/form-data; boundary=b\r
                    \r
                    """);

            // when
            var trickle = Thread.startVirtualThread(() -> trickle(client));
            var answer = client.readAll();

            // then
            assertThat(answer)
                    .startsWith("HTTP/1.1 408 ")
                    .contains("urn:facefusion:problem:too-slow");
            trickle.interrupt();
        }
    }

    @Test
    void cutsAClientThatDoesNotReadItsAnswers() throws Exception {
        // given
        try (var client = RawConnection.to(server.apiPort())) {

            // when: requests without end, until the answers fill every buffer on the way
            assertThatExceptionOfType(SocketException.class)
                    .isThrownBy(() -> {
                        while (true) {
                            client.send(REQUEST);
                        }
                    });

            // then: the server closed the connection
        }
    }

    @Test
    void closesTheConnectionOfAClientThatAsksForIt() throws Exception {
        // given: a server that would keep it for more than a minute
        try (var patient = RunningServer.start(Map.of(), FakeEngine.warm());
                var client = RawConnection.to(patient.apiPort())) {

            // when
            client.send("GET /v1/models HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

            // then
            assertThat(client.readAll())
                    .startsWith("HTTP/1.1 200 ")
                    .containsIgnoringCase("\r\nConnection: close\r\n")
                    .contains("\"models\"");
        }
    }

    @Test
    void closesAnIdleConnection() throws Exception {
        // given
        try (var client = RawConnection.to(server.apiPort())) {
            client.send(REQUEST);
            assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");

            // when
            var rest = client.readAll();

            // then
            assertThat(rest).startsWith("{\"models\"").doesNotContain("408");
        }
    }

    @Test
    void leavesAClientAloneThatWaitsForTheServer() throws Exception {
        // given: three times as long as any limit
        var engine = FakeEngine.warm();
        try (var slow =
                RunningServer.start(
                                Map.of("HEADER_TIMEOUT_SECONDS", "1", "STALL_TIMEOUT_SECONDS", "1"),
                                engine)
                        .awaitReady()) {
            var answer = slow.swapLater(Photos.form());
            engine.started.acquire();

            // when
            await().during(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> !answer.isDone());
            engine.mayFinish.release();

            // then
            assertThat(answer.join().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void refusesOneConnectionTooManyFromAnAddress() throws Exception {
        // given: a server that drops no idle connection meanwhile
        var limits = Map.of("MAX_CONNECTIONS_PER_ADDRESS", Integer.toString(PER_ADDRESS));
        var clients = new ArrayList<RawConnection>();
        try (var patient = RunningServer.start(limits, FakeEngine.warm())) {
            for (var i = 0; i < PER_ADDRESS; i++) {
                var client = RawConnection.to(patient.apiPort());
                client.send(REQUEST);
                client.readHead();
                clients.add(client);
            }

            // when
            try (var client = RawConnection.to(patient.apiPort())) {

                // then
                assertThat(client.readAll())
                        .startsWith("HTTP/1.1 429 ")
                        .contains("Retry-After: 1", "urn:facefusion:problem:too-many-connections");
            }
            for (var client : clients) {
                client.close();
            }
        }
    }

    record Bad(String name, String request, int status, String type) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Bad> badRequests() {
        var get = "GET /v1/models HTTP/1.1\r\nHost: x\r\n";
        return Stream.of(
                new Bad(
                        "long request line",
                        "GET /v1/models?" + "x".repeat(300) + " HTTP/1.1\r\nHost: x\r\n\r\n",
                        414,
                        "uri-too-long"),
                new Bad(
                        "long headers",
                        get + "X: " + "x".repeat(5000) + "\r\n\r\n",
                        400,
                        "bad-request"),
                new Bad(
                        "many headers",
                        get + "X: xxxxxxxxxx\r\n".repeat(500) + "\r\n",
                        400,
                        "bad-request"),
                new Bad(
                        "unknown transfer encoding",
                        get + "Transfer-Encoding: gzip, chunked\r\n\r\n",
                        501,
                        "http-not-supported"),
                new Bad(
                        "two lengths of the body",
                        get + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
                        400,
                        "bad-request"),
                new Bad("no host", "GET /v1/models HTTP/1.1\r\n\r\n", 400, "bad-request"));
    }

    @ParameterizedTest
    @MethodSource("badRequests")
    void answersWhatBreaksALimitOfHttpWithAProblem(Bad bad) throws Exception {
        // given
        try (var client = RawConnection.to(server.apiPort())) {

            // when
            client.send(bad.request());

            // then
            assertThat(client.readAll())
                    .startsWith("HTTP/1.1 %d ".formatted(bad.status()))
                    .contains("urn:facefusion:problem:" + bad.type());
        }
    }

    private static void trickle(RawConnection client) {
        try {
            while (true) {
                client.send("x");
                Thread.sleep(50);
            }
        } catch (IOException | InterruptedException _) {
            // the server closed the connection, or the test is over
        }
    }

    private int models() throws Exception {
        return server.send(HttpRequest.newBuilder(server.api("/v1/models")).build()).statusCode();
    }
}

package dev.facefusion.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.facefusion.operator.decide.Poll;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Real sockets on loopback, and pods that behave in every way but the right one.
@Timeout(20)
class HttpHealthClientIT {
    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpHealthClient client = new HttpHealthClient(threads);
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer pod;

    @BeforeEach
    void startPod() throws IOException {
        pod = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
        pod.setExecutor(threads);
        pod.start();
    }

    @AfterEach
    void stopPod() {
        end.countDown();
        client.close();
        pod.stop(0);
        threads.shutdownNow();
    }

    @Test
    void readsAReport() {
        // given
        pod.createContext("/health", exchange -> send(exchange, 200, "{\"status\": \"healthy\"}"));

        // then
        assertThat(poll()).isInstanceOf(Poll.Answered.class);
    }

    @Test
    void readsTheReportOfARuntimeThatHasBeenStuckForLong() {
        // given
        pod.createContext("/health", exchange -> send(exchange, 503, "{\"status\": \"stalled\"}"));

        // then
        assertThat(poll()).isInstanceOf(Poll.Answered.class);
    }

    @Test
    void reportsAnErrorStatus() {
        // given
        pod.createContext("/health", exchange -> send(exchange, 500, "{\"status\": \"healthy\"}"));

        // then
        assertThat(poll()).isEqualTo(new Poll.Failed("status 500"));
    }

    @Test
    void followsNoRedirect() {
        // given
        pod.createContext(
                "/health",
                exchange -> {
                    exchange.getResponseHeaders().set("Location", "http://example.com/");
                    send(exchange, 302, "");
                });

        // then
        assertThat(poll()).isEqualTo(new Poll.Failed("status 302"));
    }

    @Test
    void callsRubbishUnreadable() {
        // given
        pod.createContext("/health", exchange -> send(exchange, 200, "all is well"));

        // then
        assertThat(poll()).isInstanceOf(Poll.Unreadable.class);
    }

    @Test
    void readsNoMoreThanItsLimit() {
        // given
        var endless = "{\"status\": \"" + "x".repeat(1_000_000) + "\"}";
        pod.createContext("/health", exchange -> send(exchange, 200, endless));

        // then
        assertThat(poll()).isInstanceOf(Poll.Failed.class);
    }

    @Test
    void waitsNoLongerThanItsTimeoutForAnAnswer() {
        // given
        pod.createContext("/health", this::hang);

        // then
        assertTimely(new Poll.ReadTimedOut());
    }

    @Test
    void waitsNoLongerThanItsTimeoutForTheRestOfABody() {
        // given
        pod.createContext("/health", this::hangHalfway);

        // then
        assertTimely(new Poll.ReadTimedOut());
    }

    @Test
    void tellsARefusal() {
        // given
        pod.stop(0);

        // then
        assertThat(poll()).isEqualTo(new Poll.Refused());
    }

    @Test
    void tellsAConnectionThatIsNotMadeFromAnAnswerThatDoesNotCome() throws IOException {
        // given
        try (var full = new ServerSocket(0, 1, LOOPBACK)) {
            var queued = fill(full);

            // when
            var poll = client.poll(health(full.getLocalPort()), TIMEOUT);

            // then
            assertThat(poll).isEqualTo(new Poll.ConnectTimedOut());
            for (var socket : queued) {
                socket.close();
            }
        }
    }

    @Test
    void tellsABrokenConnection() throws IOException {
        // given
        try (var rude = new ServerSocket(0, 50, LOOPBACK)) {
            threads.execute(() -> hangUp(rude));

            // then
            assertThat(client.poll(health(rude.getLocalPort()), TIMEOUT))
                    .isInstanceOf(Poll.Failed.class);
        }
    }

    /// Linux drops what does not fit into the queue of connections that nobody accepts.
    private static List<Socket> fill(ServerSocket server) throws IOException {
        var sockets = new ArrayList<Socket>();
        for (int i = 0; i < 2; i++) {
            sockets.add(new Socket(server.getInetAddress(), server.getLocalPort()));
        }
        return sockets;
    }

    private static void hangUp(ServerSocket server) {
        try {
            while (true) {
                server.accept().close();
            }
        } catch (IOException _) {
            // The test is over.
        }
    }

    private void hang(HttpExchange exchange) {
        try {
            end.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private void hangHalfway(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 1000);
        exchange.getResponseBody().write("{".getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
        hang(exchange);
    }

    private void assertTimely(Poll expected) {
        long start = System.nanoTime();
        assertThat(poll()).isEqualTo(expected);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIMEOUT.multipliedBy(4));
    }

    private Poll poll() {
        return client.poll(health(pod.getAddress().getPort()), TIMEOUT);
    }

    private static URI health(int port) {
        return URI.create("http://%s:%d/health".formatted(LOOPBACK.getHostAddress(), port));
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}

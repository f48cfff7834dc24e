package dev.facefusion.runtime.health;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.runtime.gpu.GpuFigures;
import dev.facefusion.runtime.host.HostUsage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class HealthServerIT {

    private final Semaphore mayAnswer = new Semaphore(1000);
    private final RuntimeLife life = new RuntimeLife();
    private final HealthSampler sampler =
            HealthSampler.start(
                    life,
                    new TaskLedger(32, 1, System::nanoTime),
                    new HealthSampler.Machine(HostUsage::unknown, GpuFigures::absent),
                    HealthSampler.Witnesses.none(),
                    Duration.ofMinutes(2),
                    InstantSource.system());
    private final HealthServer server =
            HealthServer.open(
                    new InetSocketAddress(0),
                    sampler,
                    () -> "a_metric 1\n",
                    () -> {
                        mayAnswer.acquire();
                        return DeepReport.skipped(DeepReport.Skipped.UNREADY);
                    });
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.shutdownNow();
        server.close();
        sampler.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/health,200",
        "HEAD,/health,200",
        "GET,/health?verbose=1,200",
        "GET,/ready,503",
        "GET,/ready?deep=1,503",
        "HEAD,/ready?deep=1,503",
        "GET,/metrics,200",
        "POST,/health,405",
        "DELETE,/metrics,405",
        "POST,/drain,404",
        "POST,/restart,404",
        "GET,/,404",
        "GET,/healthz,404",
        "GET,/health/,404",
    })
    void answers(String method, String path, int status) throws Exception {
        // when
        var response = send(method, path);

        // then
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.body().isEmpty()).isEqualTo(method.equals("HEAD"));
    }

    @Test
    void isReadyAsSoonAsTheRuntimeIs() throws Exception {
        // given
        life.ready();

        // when
        sampler.refresh();

        // then
        assertThat(send("GET", "/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void answersWhileClientsNeverFinishTheirRequests() throws Exception {
        // given
        var slow = new ArrayList<Socket>();
        try {
            for (var i = 0; i < 8; i++) {
                var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                socket.getOutputStream().write("GET /health HTTP/1.1\r\nHo".getBytes(US_ASCII));
                slow.add(socket);
            }

            // when
            var response = send("GET", "/health");

            // then
            assertThat(response.statusCode()).isEqualTo(200);
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void answersWhileDeepQuestionsWait() throws Exception {
        // given
        mayAnswer.drainPermits();
        var deep = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (var i = 0; i < 20; i++) {
            deep.add(client.sendAsync(get("/ready?deep=1"), BodyHandlers.ofString()));
        }

        // when: one is asked and 16 wait
        var refused = CompletableFuture.anyOf(deep.toArray(CompletableFuture[]::new)).get();

        // then
        assertThat(((HttpResponse<?>) refused).statusCode()).isEqualTo(429);
        assertThat(send("GET", "/health").statusCode()).isEqualTo(200);
        assertThat(send("GET", "/ready").statusCode()).isEqualTo(503);
        mayAnswer.release(20);
        assertThat(deep)
                .extracting(answer -> answer.get().statusCode())
                .containsOnly(503, 429)
                .filteredOn(status -> status == 503)
                .hasSize(17);
    }

    private HttpRequest get(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path)))
                .build();
    }

    private HttpResponse<String> send(String method, String path)
            throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path));
        var request =
                HttpRequest.newBuilder(uri)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build();
        return client.send(request, BodyHandlers.ofString());
    }
}

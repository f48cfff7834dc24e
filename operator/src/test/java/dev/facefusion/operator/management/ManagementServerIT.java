package dev.facefusion.operator.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManagementServerIT {
    private final AtomicBoolean live = new AtomicBoolean(true);
    private final AtomicBoolean ready = new AtomicBoolean();
    private final HttpClient http = HttpClient.newHttpClient();
    private ManagementServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = ManagementServer.start(0, live::get, ready::get, () -> "polls_total 7\n");
    }

    @AfterEach
    void stopServer() {
        server.close();
        http.close();
    }

    @Test
    void isLiveBeforeItIsReady() throws Exception {
        assertThat(get("/livez").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
    }

    @Test
    void asksAnewEachTime() throws Exception {
        // given
        assertThat(get("/livez").statusCode()).isEqualTo(200);

        // when
        live.set(false);
        ready.set(true);

        // then
        assertThat(get("/livez").statusCode()).isEqualTo(503);
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
    }

    @Test
    void servesMetricsAsPrometheusReadsThem() throws Exception {
        // when
        var response = get("/metrics");

        // then
        assertThat(response.body()).isEqualTo("polls_total 7\n");
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(
                        type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        var uri = URI.create("http://localhost:%d%s".formatted(server.port(), path));
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}

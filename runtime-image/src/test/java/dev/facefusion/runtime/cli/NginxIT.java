package dev.facefusion.runtime.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.facefusion.runtime.Form;
import dev.facefusion.runtime.Issuer;
import dev.facefusion.runtime.Pem;
import dev.facefusion.runtime.security.ApiKeys;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `examples/nginx` in front of the real runtime.
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NginxIT {

    private static final String ALLOW_LOOPBACK = "allow 127.0.0.0/8;\ndeny all;\n";

    private final ApiKeys.NewKey key = ApiKeys.create("ci");
    private final Issuer issuer;
    private final Pem pem;
    private final HttpClient client;
    private final RuntimeProcess runtime;
    private final Nginx nginx;

    NginxIT(@TempDir Path directory) throws Exception {
        assumeTrue(Files.exists(Nginx.PROGRAM), "nginx is not installed");
        pem = Pem.selfSigned(directory, "proxy", "EC");
        pem.write(directory.resolve("tls.crt"), directory.resolve("tls.key"));
        client = HttpClient.newBuilder().sslContext(pem.trusted()).build();
        issuer = Issuer.start();
        var environment =
                new HashMap<>(
                        Map.of(
                                "API_PORT", "0",
                                "API_ADDRESS", "127.0.0.1",
                                "HEALTH_PORT", "0",
                                "TRUSTED_PROXY_CIDRS", "127.0.0.1",
                                "API_KEYS_FILE",
                                        Files.writeString(directory.resolve("keys"), key.line())
                                                .toString()));
        environment.putAll(issuer.environment());
        runtime = RuntimeProcess.serve(environment);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> runtime.health("/ready").statusCode() == 200);
        nginx = Nginx.start(directory, runtime.api("/").getPort(), ALLOW_LOOPBACK);
    }

    @AfterAll
    void stop() throws Exception {
        nginx.close();
        runtime.close();
        issuer.close();
        client.shutdownNow();
    }

    @Test
    void swapsForWhoShowsAKey() throws Exception {
        // given
        var form =
                Form.of(
                        Files.readAllBytes(Path.of("models/photos/grace_hopper.jpg")),
                        Files.readAllBytes(Path.of("models/photos/astronaut.png")));

        // when
        var response = post(form, "X-Api-Key", key.secret());

        // then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("image/png");
    }

    @Test
    void letsInWhoShowsATokenOrAKey() throws Exception {
        // given
        var token = "Bearer " + issuer.token("ann", "facefusion");

        // then
        assertThat(get("/v1/models", "Authorization", token).statusCode()).isEqualTo(200);
        assertThat(get("/v1/models", "X-Api-Key", key.secret()).statusCode()).isEqualTo(200);
    }

    @Test
    void turnsAwayWhoShowsNone() throws Exception {
        // when
        var response = get("/v1/models", "X-Api-Key", "ffk_another");

        // then
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(response.body()).contains("\"status\":401");
    }

    @Test
    void turnsAwayAnUploadBeforeItIsSent() throws Exception {
        // given
        try (var socket = connect()) {

            // when
            socket.getOutputStream().write(head("/v1/swap", "Content-Length: 60000000"));

            // then
            assertThat(readAll(socket)).startsWith("HTTP/1.1 401 ");
        }
    }

    @Test
    void refusesABodyThatIsTooLarge() throws Exception {
        // given
        try (var socket = connect()) {

            // when
            socket.getOutputStream()
                    .write(
                            head(
                                    "/v1/swap",
                                    "Content-Length: 70000000\r\nX-Api-Key: " + key.secret()));

            // then
            assertThat(readAll(socket))
                    .startsWith("HTTP/1.1 413 ")
                    .contains("application/problem+json");
        }
    }

    @Test
    void givesUpOnAClientThatStopsSending() throws Exception {
        // given
        try (var socket = connect()) {

            // when
            socket.getOutputStream()
                    .write(head("/v1/swap", "Content-Length: 100\r\nX-Api-Key: " + key.secret()));

            // then
            assertThat(readAll(socket)).isEmpty(); // it hangs up without a word
            await().untilAsserted(() -> assertThat(nginx.logs()).contains("\"status\":408"));
        }
    }

    @Test
    void turnsAwayAddressesThatAreNotAllowed(@TempDir Path directory) throws Exception {
        // given
        pem.write(directory.resolve("tls.crt"), directory.resolve("tls.key"));
        try (var strict =
                Nginx.start(
                        directory,
                        runtime.api("/").getPort(),
                        "allow 192.0.2.0/24;\ndeny all;\n")) {

            // when
            var request =
                    HttpRequest.newBuilder(strict.https("/v1/models"))
                            .headers("X-Api-Key", key.secret(), "X-Forwarded-For", "192.0.2.1")
                            .build();
            var response = client.send(request, BodyHandlers.ofString());

            // then
            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(response.body()).contains("\"status\":403");
        }
    }

    @Test
    void logsNeitherQueryNorKeyNorJob() throws Exception {
        // when
        get("/v1/models?token=PLANTED", "X-Api-Key", key.secret());
        get("/v1/jobs/PLANTED/events", "X-Api-Key", key.secret());
        get("/v1/models", "Authorization", "Bearer PLANTED");

        // then
        await().until(() -> nginx.logs().contains("/v1/jobs/{id}/events"));
        assertThat(nginx.logs()).doesNotContain("PLANTED", key.secret());
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(nginx.https(path)).headers(headers).build();
        return client.send(request, BodyHandlers.ofString());
    }

    private HttpResponse<byte[]> post(Form form, String... headers) throws Exception {
        var request =
                HttpRequest.newBuilder(nginx.https("/v1/swap"))
                        .header("Content-Type", Form.CONTENT_TYPE)
                        .headers(headers)
                        .POST(BodyPublishers.ofByteArray(form.bytes()))
                        .build();
        return client.send(request, BodyHandlers.ofByteArray());
    }

    private SSLSocket connect() throws IOException, GeneralSecurityException {
        var socket =
                (SSLSocket)
                        pem.trusted().getSocketFactory().createSocket("127.0.0.1", nginx.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static byte[] head(String path, String headers) {
        return "POST %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: %s\r\n%s\r\n\r\n"
                .formatted(path, Form.CONTENT_TYPE, headers)
                .getBytes(US_ASCII);
    }

    private static String readAll(SSLSocket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
}

package dev.facefusion.runtime.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facefusion.runtime.Form;
import dev.facefusion.runtime.security.ApiKeys;
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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the whole log of a busy run tells, and what it must never tell.
@Timeout(180)
class AccessLogIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path PHOTOS = Path.of("models/photos");
    // In every place where a client can put something.
    private static final String SECRET = "PLANTED";

    @TempDir private Path directory;

    @Test
    void tellsWhatWasAskedForAndNoSecret() throws Exception {
        // given
        var key = ApiKeys.create("ci");
        var file = Files.writeString(directory.resolve("api-keys"), key.line());
        var environment =
                Map.of(
                        "API_PORT", "0",
                        "HEALTH_PORT", "0",
                        "API_KEYS_FILE", file.toString());
        try (var runtime = RuntimeProcess.serve(environment)) {
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> runtime.health("/ready").statusCode() == 200);

            // when
            var swapped = swap(runtime, key.secret(), "/v1/swap?name=" + SECRET, photos());
            swap(runtime, key.secret(), "/v1/swap", planted());
            swap(runtime, SECRET, "/v1/swap", photos());
            get(runtime, "/v1/models?token=" + SECRET, "X-Api-Key", key.secret());
            get(runtime, "/v1/models", "X-Api-Key", SECRET);
            get(
                    runtime,
                    "/v1/models",
                    "Authorization",
                    "Bearer eyJhbGciOiJub25lIn0." + SECRET + ".");
            get(runtime, "/v1/models", "Authorization", "Basic " + SECRET);
            get(runtime, "/v1/jobs/" + SECRET, "X-Api-Key", key.secret());
            get(runtime, "/" + SECRET, "X-Api-Key", key.secret());
            get(runtime, "/v1/models", "Cookie", "id=" + SECRET, "X-Request-Id", SECRET + "/");
            get(runtime, "/v1/models", "X-Forwarded-For", SECRET, "User-Agent", SECRET);
            raw(runtime, SECRET + " /v1/models HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            raw(runtime, "GET /" + SECRET + "\r\n\r\n");
            raw(runtime, "GET /v1/models HTTP/1.1\r\nHost: " + SECRET + " x\r\n\r\n");

            // then
            assertThat(swapped).isEqualTo(200);
            await().until(() -> accessLines(runtime).size() >= 12);
            runtime.stop();
            assertThat(runtime.exitCode()).isEqualTo(ExitCode.OK.code());
            assertThat(runtime.log())
                    .allSatisfy(line ->
                            assertThat(line)
                                    .doesNotContain(SECRET, key.secret(), "ffk_", "Bearer"));
            var first = accessLines(runtime).getFirst();
            assertThat(first.get("method").asText()).isEqualTo("POST");
            assertThat(first.get("path").asText()).isEqualTo("/v1/swap");
            assertThat(first.get("status").asInt()).isEqualTo(200);
            assertThat(first.get("client").asText()).isEqualTo("key:ci");
            assertThat(first.get("bytes").asLong()).isGreaterThan(10_000);
            assertThat(first.get("durationMillis").asLong()).isBetween(1L, 60_000L);
            assertThat(first.get("requestId").asText()).isNotBlank();
        }
    }

    @Test
    void leavesTheClientOutWhereToldTo() throws Exception {
        // given
        var environment = Map.of("API_PORT", "0", "HEALTH_PORT", "0", "ACCESS_LOG", "anonymous");
        try (var runtime = RuntimeProcess.serve(environment)) {

            // when
            get(runtime, "/v1/models", "X", "y");

            // then
            await().until(() -> accessLines(runtime).size() == 1);
            assertThat(accessLines(runtime).getFirst().has("client")).isFalse();
        }
    }

    private static List<JsonNode> accessLines(RuntimeProcess runtime) {
        return runtime.log().stream()
                .filter(line -> line.startsWith("{"))
                .map(AccessLogIT::json)
                .filter(line -> line.get("logger_name").asText().equals("access"))
                .toList();
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Form photos() throws IOException {
        return Form.of(
                Files.readAllBytes(PHOTOS.resolve("grace_hopper.jpg")),
                Files.readAllBytes(PHOTOS.resolve("astronaut.png")));
    }

    private static Form planted() {
        var secret = SECRET.getBytes(UTF_8);
        return Form.of(secret, secret).part(SECRET, secret).options("{\"" + SECRET + "\":1}");
    }

    private static int swap(RuntimeProcess runtime, String key, String path, Form form)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(runtime.api(path))
                        .header("Content-Type", Form.CONTENT_TYPE)
                        .header("X-Api-Key", key)
                        .POST(BodyPublishers.ofByteArray(form.bytes()))
                        .build();
        return runtime.client().send(request, BodyHandlers.ofByteArray()).statusCode();
    }

    private static void get(RuntimeProcess runtime, String path, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(runtime.api(path)).headers(headers).build();
        runtime.client().send(request, BodyHandlers.discarding());
    }

    private static void raw(RuntimeProcess runtime, String request) throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), runtime.api("/").getPort())) {
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            socket.getInputStream().readAllBytes();
        }
    }
}

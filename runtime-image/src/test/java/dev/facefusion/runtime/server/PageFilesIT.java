package dev.facefusion.runtime.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The page as files over HTTP, and what it reads of the server.
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageFilesIT {

    private static final Path WEB = Path.of("src/main/resources/web");
    private static final int MAX_BYTES = 60_000;

    private final RunningServer server = RunningServer.start(Map.of(), FakeEngine.warm());

    @AfterAll
    void stop() {
        server.close();
    }

    static Stream<String> files() throws IOException {
        try (var files = Files.list(WEB)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void servesEveryFile(String name) throws Exception {
        // when
        var response = get("/assets/" + name);

        // then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(Files.readAllBytes(WEB.resolve(name)));
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html; charset=utf-8",
        "/assets/page.css, text/css; charset=utf-8",
        "/assets/page.js, text/javascript; charset=utf-8",
        "/assets/icon.svg, image/svg+xml"
    })
    void saysWhatEachFileIs(String path, String mediaType) throws Exception {
        assertThat(get(path).headers().firstValue("Content-Type")).hasValue(mediaType);
    }

    @Test
    void letsThePageDoNothingButWhatItNeeds() throws Exception {
        // when
        var headers = get("/").headers();

        // then
        assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self'; ")
                .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'")
                .doesNotContain("unsafe", "data:", "http", "*");
        assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(headers.firstValue("Cross-Origin-Opener-Policy")).hasValue("same-origin");
        assertThat(headers.firstValue("Permissions-Policy")).isPresent();
    }

    @Test
    void weighsLittle() throws Exception {
        var bytes = 0L;
        for (var name : files().toList()) {
            bytes += get("/assets/" + name).body().length;
        }
        assertThat(bytes).isLessThan(MAX_BYTES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "W/%s", "\"other\", %s", "*"})
    void sendsNoFileThatTheBrowserHas(String condition) throws Exception {
        // given
        var etag = get("/").headers().firstValue("ETag").orElseThrow();

        // when
        var response =
                server.send(
                        HttpRequest.newBuilder(server.api("/"))
                                .header("If-None-Match", condition.formatted(etag))
                                .build());

        // then
        assertThat(response.statusCode()).isEqualTo(304);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("ETag")).hasValue(etag);
    }

    @Test
    void sendsTheFileThatTheBrowserHasInAnotherVersion() throws Exception {
        // when
        var response =
                server.send(
                        HttpRequest.newBuilder(server.api("/"))
                                .header("If-None-Match", "\"other\"")
                                .build());

        // then
        assertThat(response.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/other.js",
                "/assets/",
                "/assets/..%2Findex.html",
                "/assets/%2e%2e/logback.xml",
                "/assets/a/page.js"
            })
    void servesNothingElse(String path) throws Exception {
        // when
        var response = get(path);

        // then
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
    }

    @Test
    void namesOnlyFilesThatThereAre() throws Exception {
        // given
        var page = new String(get("/").body(), UTF_8);

        // when
        var named =
                Pattern.compile("assets/([^\"]+)")
                        .matcher(page)
                        .results()
                        .map(match -> match.group(1))
                        .toList();

        // then
        assertThat(files()).containsAll(named).isNotEmpty();
    }

    @Test
    void tellsTheStatusBeforeATaskIsSent() throws Exception {
        // given
        server.awaitReady();

        // when
        var status = RunningServer.json(get("/v1/status"));

        // then
        assertThat(status.get("status").asText()).isEqualTo("healthy");
        assertThat(status.get("accepting").asBoolean()).isTrue();
        assertThat(status.get("draining").asBoolean()).isFalse();
        assertThat(status.get("reasons")).isEmpty();
        assertThat(status.get("tasks_in_flight").asInt()).isZero();
        assertThat(status.get("task_queue_length").asInt()).isZero();
        assertThat(status.get("task_queue_capacity").asInt()).isEqualTo(1032);
        assertThat(status.get("estimated_wait_seconds").asInt()).isZero();
        assertThat(status.has("inference_ms")).isFalse();
        assertThat(status.get("consent_required").asBoolean()).isTrue();
        assertThat(status.get("authentication").asText()).isEqualTo("none");
        assertThat(status.get("max_body_bytes").asLong()).isEqualTo(64L * 1024 * 1024);
    }

    private HttpResponse<byte[]> get(String path) throws Exception {
        return server.send(HttpRequest.newBuilder(server.api(path)).build());
    }
}

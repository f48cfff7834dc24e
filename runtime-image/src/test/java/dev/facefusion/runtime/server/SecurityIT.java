package dev.facefusion.runtime.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.facefusion.runtime.Issuer;
import dev.facefusion.runtime.config.ConfigException;
import dev.facefusion.runtime.security.ApiKeys;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who gets in: keys, tokens, addresses.
@Timeout(60)
class SecurityIT {

    @TempDir private Path directory;

    @Test
    void letsEverybodyInWithoutASetting() throws Exception {
        // given
        try (var server = start(Map.of())) {

            // then
            assertThat(get(server, "/v1/auth").statusCode()).isEqualTo(204);
            assertThat(get(server, "/v1/models").statusCode()).isEqualTo(200);
            assertThat(get(server, "/v1/models", "X-Api-Key", "any").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void letsInWhoShowsAKey() throws Exception {
        // given
        var key = ApiKeys.create("ci");
        try (var server = start(keys(key))) {

            // then
            assertThat(get(server, "/v1/auth", "X-Api-Key", key.secret()).statusCode())
                    .isEqualTo(204);
            assertThat(
                            get(server, "/v1/models", "Authorization", "Bearer " + key.secret())
                                    .statusCode())
                    .isEqualTo(200);
            assertThat(metric(server, "api_key")).isEqualTo(2);
        }
    }

    @Test
    void takesItsKeysFromAVariableToo() throws Exception {
        // given
        var one = ApiKeys.create("ci");
        var other = ApiKeys.create("web");
        try (var server = start(Map.of("API_KEYS", one.line() + "\n" + other.line()))) {

            // then
            assertThat(get(server, "/v1/auth", "X-Api-Key", one.secret()).statusCode())
                    .isEqualTo(204);
            assertThat(get(server, "/v1/auth", "X-Api-Key", other.secret()).statusCode())
                    .isEqualTo(204);
            assertThat(get(server, "/v1/auth").statusCode()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/models",
                "/v1/auth",
                "/v1/swap",
                "/v1/nothing",
                "/assets/../v1/models",
                "/v2/health/../../v1/models",
                "/openapi.yaml/../v1/models",
                "//v1/models",
                "/v1/models;/assets/x"
            })
    void turnsAwayWhoShowsNone(String path) throws Exception {
        // given
        try (var server = start(keys(ApiKeys.create("ci")))) {

            // when
            var response = get(server, path);

            // then
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("WWW-Authenticate"))
                    .hasValue("Bearer realm=\"facefusion\"");
            assertThat(type(response)).isEqualTo("urn:facefusion:problem:unauthenticated");
            assertThat(metric(server, "missing")).isEqualTo(1);
        }
    }

    @Test
    void turnsAwayWhoShowsAnother() throws Exception {
        // given
        try (var server = start(keys(ApiKeys.create("ci")))) {

            // when
            var response = get(server, "/v1/auth", "X-Api-Key", ApiKeys.create("ci").secret());

            // then
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("WWW-Authenticate"))
                    .hasValue("Bearer realm=\"facefusion\", error=\"invalid_token\"");
            assertThat(metric(server, "invalid")).isEqualTo(1);
        }
    }

    @Test
    void turnsAwayABodyBeforeItIsSent() throws Exception {
        // given
        try (var server = start(keys(ApiKeys.create("ci")));
                var client = RawConnection.to(server.apiPort())) {

            // when
            client.send(
                    """
                    POST /v1/swap HTTP/1.1\r
                    Host: x\r
                    Expect: 100-continue\r
                    Content-Type: multipart/form-data; boundary=b\r
                    Content-Length: 60000000\r
                    \r
                    """);

            // then
            assertThat(client.readAll()).startsWith("HTTP/1.1 401 ").doesNotContain("100 Continue");
        }
    }

    @Test
    void takesKeysUpAndBackWhileItRuns() throws Exception {
        // given: the file as the kubelet mounts it
        var before = ApiKeys.create("ci");
        var after = ApiKeys.create("ci");
        var file = directory.resolve("api-keys");
        secret("..1", before.line());
        Files.createSymbolicLink(directory.resolve("..data"), Path.of("..1"));
        Files.createSymbolicLink(file, Path.of("..data/api-keys"));
        try (var server = start(Map.of("API_KEYS_FILE", file.toString()))) {
            assertThat(get(server, "/v1/auth", "X-Api-Key", before.secret()).statusCode())
                    .isEqualTo(204);

            // when
            secret("..2", after.line());
            Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of("..2"));
            Files.move(
                    directory.resolve("..data_tmp"),
                    directory.resolve("..data"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);

            // then
            await().until(() ->
                    get(server, "/v1/auth", "X-Api-Key", after.secret()).statusCode() == 204);
            assertThat(get(server, "/v1/auth", "X-Api-Key", before.secret()).statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void letsInWhoShowsATokenOfTheIssuer() throws Exception {
        // given
        try (var issuer = Issuer.start();
                var server = start(issuer.environment())) {
            var good = "Bearer " + issuer.token("ann", "facefusion");
            var foreign = "Bearer " + issuer.token("ann", "another");

            // then
            assertThat(get(server, "/v1/auth", "Authorization", good).statusCode()).isEqualTo(204);
            assertThat(get(server, "/v1/auth", "Authorization", foreign).statusCode())
                    .isEqualTo(401);
            assertThat(get(server, "/v1/auth", "Authorization", good + "x").statusCode())
                    .isEqualTo(401);
            assertThat(metric(server, "token")).isEqualTo(1);
            assertThat(metric(server, "invalid")).isEqualTo(2);
        }
    }

    @Test
    void letsInByEitherMethodWhereBothAreSetUp() throws Exception {
        // given
        var key = ApiKeys.create("ci");
        try (var issuer = Issuer.start()) {
            var environment = new HashMap<>(keys(key));
            environment.putAll(issuer.environment());
            try (var server = start(environment)) {
                var token = "Bearer " + issuer.token("ann", "facefusion");

                // then
                assertThat(get(server, "/v1/auth", "Authorization", token).statusCode())
                        .isEqualTo(204);
                assertThat(get(server, "/v1/auth", "X-Api-Key", key.secret()).statusCode())
                        .isEqualTo(204);
                assertThat(
                                get(
                                                server,
                                                "/v1/auth",
                                                "Authorization",
                                                token,
                                                "X-Api-Key",
                                                key.secret())
                                        .statusCode())
                        .isEqualTo(401);
            }
        }
    }

    @Test
    void saysThatATokenCannotBeJudgedNow() throws Exception {
        // given
        try (var issuer = Issuer.start();
                var server = start(issuer.environment())) {
            var token = "Bearer " + issuer.token("ann", "facefusion");
            issuer.vanish();

            // when
            var response = get(server, "/v1/auth", "Authorization", token);

            // then
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(type(response)).isEqualTo("urn:facefusion:problem:issuer-unreachable");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // allowed, trusted proxies, header, status
                "127.0.0.1, ::1 |              |              | 204",
                "10.0.0.0/8     |              |              | 403",
                "10.0.0.0/8     |              | 10.1.2.3     | 403", // a stranger's word
                "10.0.0.0/8     | 127.0.0.0/8  | 10.1.2.3     | 204",
                "10.0.0.0/8     | 127.0.0.0/8  | 10.1.2.3, 203.0.113.9 | 403",
                "10.0.0.0/8     | 127.0.0.0/8  | 203.0.113.9, 10.1.2.3 | 204",
                "10.0.0.0/8     | 127.0.0.0/8  |              | 403",
                "10.0.0.0/8     | 127.0.0.0/8  | unknown      | 400",
            })
    void letsInByAddress(
            String allowed, @Nullable String proxies, @Nullable String header, int status)
            throws Exception {
        // given
        var environment = new HashMap<>(Map.of("ALLOWED_CIDRS", allowed));
        if (proxies != null) {
            environment.put("TRUSTED_PROXY_CIDRS", proxies);
        }
        try (var server = start(environment)) {

            // when
            var response =
                    header == null
                            ? get(server, "/v1/auth")
                            : get(server, "/v1/auth", "X-Forwarded-For", header);

            // then
            assertThat(response.statusCode()).isEqualTo(status);
            if (status == 403) {
                assertThat(type(response)).isEqualTo("urn:facefusion:problem:address-not-allowed");
                assertThat(metric(server, "address_not_allowed")).isEqualTo(1);
            }
        }
    }

    @Test
    void listensAtOneAddressOnly() throws Exception {
        // given
        try (var server =
                start(Map.of("API_ADDRESS", "127.0.0.1", "HEALTH_ADDRESS", "127.0.0.1"))) {

            // then
            assertThat(get(server, "/v1/auth").statusCode()).isEqualTo(204);
            assertThat(server.get("/metrics").statusCode()).isEqualTo(200);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> new Socket("127.0.0.2", server.apiPort()).close());
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> new Socket("127.0.0.2", server.healthPort()).close());
        }
    }

    @Test
    void doesNotStartWithoutItsKeys() {
        // then
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> start(Map.of("API_KEYS_FILE", "/no/such/file")))
                .withMessageContaining("/no/such/file");
    }

    private static RunningServer start(Map<String, String> environment) {
        return RunningServer.start(environment, FakeEngine.warm());
    }

    private Map<String, String> keys(ApiKeys.NewKey key) throws IOException {
        var file = Files.writeString(directory.resolve("api-keys"), key.line());
        return Map.of("API_KEYS_FILE", file.toString());
    }

    private void secret(String name, String content) throws IOException {
        Files.writeString(
                Files.createDirectory(directory.resolve(name)).resolve("api-keys"), content);
    }

    private static HttpResponse<byte[]> get(RunningServer server, String path, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(server.api(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return server.send(request.build());
    }

    private static String type(HttpResponse<byte[]> response) throws IOException {
        return RunningServer.json(response).get("type").asText();
    }

    private static int metric(RunningServer server, String outcome)
            throws IOException, InterruptedException {
        return new String(server.get("/metrics").body(), UTF_8)
                .lines()
                .filter(line -> line.startsWith("fusion_auth_total{outcome=\"" + outcome + "\"}"))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                .sum();
    }
}

package dev.facefusion.runtime.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.facefusion.runtime.Form;
import dev.facefusion.runtime.token.IssuerServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `POST /drain` and `POST /restart` on a running server, with the tokens of a stand-in issuer.
@Timeout(60)
class ManagementIT {

    private static final Form FORM = Form.of("source".getBytes(UTF_8), "target".getBytes(UTF_8));

    @TempDir private Path directory;

    private final IssuerServer issuer = IssuerServer.start();

    @AfterEach
    void close() {
        issuer.close();
    }

    @Test
    void finishesWhatRunsAndStaysDrained() throws Exception {
        // given
        var engine = FakeEngine.warm();
        try (var server = start(engine, Map.of())) {
            var running = server.swapLater(FORM);
            engine.started.acquire();

            // when
            var first = post(server, "/drain", issuer.token());

            // then
            assertThat(first.statusCode()).isEqualTo(202);
            assertThat(RunningServer.json(first))
                    .isEqualTo(
                            RunningServer.json(
                                    """
                                    {"state":"draining","restarting":false,
                                     "tasks_in_flight":1,"task_queue_length":0}
                                    """));
            assertThat(server.get("/ready").statusCode()).isEqualTo(503);
            assertThat(server.health().get("draining").asBoolean()).isTrue();
            assertThat(server.swap(FORM).statusCode()).isEqualTo(503);

            // when
            engine.mayFinish.release();

            // then
            assertThat(running.join().statusCode()).isEqualTo(200);
            await().untilAsserted(() ->
                    assertThat(state(post(server, "/drain", issuer.token()))).isEqualTo("drained"));
            await().until(() -> server.health().get("tasks_in_flight").asInt() == 0);
            assertThat(server.health().get("status").asText()).isEqualTo("draining");
            assertThat(server.get("/ready").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void givesUpWhatDoesNotFinishInTime() throws Exception {
        // given
        var engine = FakeEngine.warm();
        try (var server = start(engine, Map.of("DRAIN_TIMEOUT_SECONDS", "1"))) {
            var stuck = server.swapLater(FORM);
            engine.started.acquire();

            // when
            post(server, "/drain", issuer.token());

            // then
            assertThat(stuck.join().statusCode()).isEqualTo(503);
            await().untilAsserted(() ->
                    assertThat(state(post(server, "/drain", issuer.token())))
                            .isEqualTo("timed_out"));
            engine.mayFinish.release();
        }
    }

    @Test
    void asksForARestartOnceTheTasksAreOver() throws Exception {
        // given
        var engine = FakeEngine.warm();
        try (var server = start(engine, Map.of())) {
            var _ = server.swapLater(FORM);
            engine.started.acquire();

            // when
            var first = post(server, "/restart", issuer.token());
            var again = post(server, "/restart", issuer.token());

            // then
            assertThat(List.of(first.statusCode(), again.statusCode())).containsOnly(202);
            assertThat(RunningServer.json(again).get("restarting").asBoolean()).isTrue();
            assertThat(server.restartDue()).isNotDone();

            // when
            engine.mayFinish.release();

            // then
            assertThat(server.restartDue()).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    @Test
    void restartsAtOnceWhereNothingMoves() throws Exception {
        // given
        var engine = FakeEngine.warm();
        var patient = Map.of("STALL_THRESHOLD_SECONDS", "1", "DRAIN_TIMEOUT_SECONDS", "3600");
        try (var server = start(engine, patient)) {
            var hung = server.swapLater(FORM);
            engine.started.acquire();
            await().until(() -> server.health().get("status").asText().equals("stalled"));

            // when
            post(server, "/restart", issuer.token());

            // then
            assertThat(hung.join().statusCode()).isEqualTo(503);
            assertThat(server.restartDue()).succeedsWithin(Duration.ofSeconds(10));
            engine.mayFinish.release();
        }
    }

    @Test
    void restartsADrainedServer() throws Exception {
        // given
        try (var server = start(FakeEngine.warm(), Map.of())) {
            post(server, "/drain", issuer.token());

            // when
            post(server, "/restart", issuer.token());

            // then
            assertThat(server.restartDue()).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/drain", "/restart"})
    void doesNothingForARequestThatIsForAnotherInstance(String path) throws Exception {
        // given: the id of a process that is gone
        try (var server = start(FakeEngine.warm(), Map.of())) {
            var instance = server.health().get("instance_id").asText();

            // when
            var response = server.send(conditional(server, path, "\"gone\", \"<>\""));

            // then
            assertThat(response.statusCode()).isEqualTo(412);
            assertThat(response.headers().firstValue("Content-Type"))
                    .hasValue("application/problem+json");
            var problem = RunningServer.json(response);
            assertThat(problem.get("detail").asText()).contains(instance, "\"gone\"");
            assertThat(problem.get("instance_id").asText()).isEqualTo(instance);
            assertThat(problem.get("if_match").asText()).isEqualTo("\"gone\", \"<>\"");
            assertThat(server.get("/ready").statusCode()).isEqualTo(200);
            assertThat(server.restartDue()).isNotDone();

            // when
            response = server.send(conditional(server, path, '"' + instance + '"'));

            // then
            assertThat(response.statusCode()).isEqualTo(202);
        }
    }

    @Test
    void asksForTheTokenBeforeItSaysWhichInstanceItIs() throws Exception {
        // given
        try (var server = start(FakeEngine.warm(), Map.of())) {
            var request =
                    HttpRequest.newBuilder(server.management("/restart"))
                            .header("If-Match", "\"gone\"")
                            .POST(BodyPublishers.noBody())
                            .build();

            // when
            var response = server.send(request);

            // then
            assertThat(response.statusCode()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic b3BlcmF0b3I6", "Bearer", "Bearer x", "Bearer a.b.c"})
    void letsNobodyInWithoutAToken(String authorization) throws Exception {
        // given
        try (var server = start(FakeEngine.warm(), Map.of())) {

            // when
            var response = send(server, "/drain", authorization);

            // then
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
                    .startsWith("Bearer realm=\"facefusion-runtime\"");
            assertThat(server.get("/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void letsNobodyElseInAndDoesNotSayWhy() throws Exception {
        // given
        var tokens =
                List.of(
                        issuer.token(claims -> claims.audience("https://kubernetes.default.svc")),
                        issuer.token(
                                claims -> claims.subject("system:serviceaccount:media:default")),
                        issuer.token(claims -> claims.claim("exp", 1)),
                        issuer.token() + "A");
        try (var server = start(FakeEngine.warm(), Map.of())) {
            for (var token : tokens) {

                // when
                var response = post(server, "/restart", token);

                // then
                assertThat(response.statusCode()).isEqualTo(401);
                assertThat(new String(response.body(), UTF_8))
                        .doesNotContainIgnoringCase("expired")
                        .doesNotContain("WRONG");
            }
            assertThat(server.get("/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void saysThatItCannotTellWithoutTheClustersKeys() throws Exception {
        // given
        issuer.close();
        try (var server = start(FakeEngine.warm(), Map.of())) {

            // when
            var response = post(server, "/drain", issuer.token());

            // then
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
            assertThat(server.get("/ready").statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"GET,/drain,405", "DELETE,/drain,405", "POST,/drained,404", "POST,/drain/now,404"})
    void answersNothingElse(String method, String path, int status) throws Exception {
        // given
        try (var server = start(FakeEngine.warm(), Map.of())) {
            var request =
                    HttpRequest.newBuilder(server.management(path))
                            .header("Authorization", "Bearer " + issuer.token())
                            .method(method, BodyPublishers.noBody())
                            .build();

            // when
            var response = server.send(request);

            // then
            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(server.get("/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void answersNobodyWithoutAConfiguredSubject() throws Exception {
        // given
        try (var server = start(FakeEngine.warm(), Map.of("MANAGEMENT_SUBJECT", ""))) {

            // when
            var response = post(server, "/drain", issuer.token());

            // then
            assertThat(response.statusCode()).isEqualTo(404);
        }
    }

    @Test
    void turnsAFloodAwayAndAnswersForItsHealth() throws Exception {
        // given
        try (var server = start(FakeEngine.warm(), Map.of())) {

            // when
            var start = Instant.now();
            var statuses =
                    Stream.generate(() -> laterStatus(server)).limit(100).toList().stream()
                            .map(later -> later.join().statusCode())
                            .toList();

            // then
            assertThat(statuses).containsOnly(401, 429);
            var seconds = Duration.between(start, Instant.now()).toSeconds();
            assertThat(statuses.stream().filter(status -> status == 401).count())
                    .isBetween(1L, 12 + 2 * seconds);
            assertThat(server.get("/health").statusCode()).isEqualTo(200);
        }
    }

    private RunningServer start(FakeEngine engine, Map<String, String> more) {
        var environment = new TreeMap<>(issuer.environment(directory));
        environment.putAll(more);
        return RunningServer.start(environment, engine).awaitReady();
    }

    private static CompletableFuture<HttpResponse<byte[]>> laterStatus(RunningServer server) {
        return server.sendLater(request(server, "/drain", "Bearer x"));
    }

    private static HttpResponse<byte[]> post(RunningServer server, String path, String token)
            throws Exception {
        return send(server, path, "Bearer " + token);
    }

    private static HttpResponse<byte[]> send(
            RunningServer server, String path, String authorization) throws Exception {
        return server.send(request(server, path, authorization));
    }

    private static HttpRequest request(RunningServer server, String path, String authorization) {
        var request = HttpRequest.newBuilder(server.management(path)).POST(BodyPublishers.noBody());
        return authorization.isEmpty()
                ? request.build()
                : request.header("Authorization", authorization).build();
    }

    private HttpRequest conditional(RunningServer server, String path, String ifMatch) {
        return HttpRequest.newBuilder(server.management(path))
                .header("Authorization", "Bearer " + issuer.token())
                .header("If-Match", ifMatch)
                .POST(BodyPublishers.noBody())
                .build();
    }

    private static String state(HttpResponse<byte[]> response) throws Exception {
        return RunningServer.json(response).path("state").asText();
    }
}

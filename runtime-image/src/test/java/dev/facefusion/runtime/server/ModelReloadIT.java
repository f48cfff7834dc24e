package dev.facefusion.runtime.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facefusion.runtime.Form;
import dev.facefusion.runtime.engine.Engine;
import dev.facefusion.runtime.engine.EnginePlan;
import dev.facefusion.runtime.engine.session.ExecutionSettings;
import dev.facefusion.runtime.token.IssuerServer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `POST /models/reload` on a running server: other models take over while tasks run, and broken
/// ones do not.
@Timeout(180)
class ModelReloadIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path BUNDLED = Path.of("models");
    private static final Form FAKE = Form.of("source", "target");

    @TempDir private Path directory;
    @TempDir private Path models;

    private final IssuerServer issuer = IssuerServer.start();

    @AfterEach
    void close() {
        issuer.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"64", "1"})
    void othersTakeOverUnderLoadAndNoTaskIsLost(String atOnce) throws Exception {
        // given
        var set = StandInSet.in(models).with("inswapper_128");
        var settings = Map.of("CONCURRENCY", "2", "MODEL_RELOAD_AT_ONCE", atOnce);
        try (var server = startReal(settings);
                var load = SwapLoad.begin(server, form(), 3)) {
            var picture = server.swap(form()).body();
            var digest = digest(server);
            load.awaitMore(3);

            // when
            set.without("inswapper_128").with("hyperswap_1a_256");
            var outcome = reload(server);

            // then
            assertThat(outcome.get("state").asText()).isEqualTo("loaded");
            assertThat(digest(server))
                    .isNotEqualTo(digest)
                    .isEqualTo(outcome.get("model_digest").asText());
            assertThat(server.swap(form()).body()).isNotEqualTo(picture);
            load.awaitMore(3);

            // when
            set.without("hyperswap_1a_256").with("inswapper_128");
            reload(server);

            // then
            assertThat(digest(server)).isEqualTo(digest);
            assertThat(server.swap(form()).body()).isEqualTo(picture);
            load.awaitMore(3);
            assertThat(load.end()).containsOnly(200);
            assertThat(reloads(server, "done")).isEqualTo(2);
            assertThat(server.drain()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "wrong digest, arcface_w600k_r50.onnx",
        "wrong shape, 'yolo_face is not the model that its name says: output 0'",
        "missing file, fan_68_5.onnx",
        "missing model, fan_68_5",
        "no model, yolo_face"
    })
    void thoseFromBeforeServeOnWhere(String fault, String named) throws Exception {
        // given
        var set = StandInSet.in(models).with("inswapper_128");
        try (var server = startReal(Map.of());
                var load = SwapLoad.begin(server, form(), 2)) {
            var picture = server.swap(form()).body();
            var digest = digest(server);

            // when
            switch (fault) {
                case "wrong digest" -> set.replaceSilently("arcface_w600k_r50", "fairface");
                case "wrong shape" -> set.replace("yoloface_8n", "yunet_2023_mar");
                case "missing file" -> set.lose("fan_68_5");
                case "missing model" -> set.without("fan_68_5");
                default -> set.replace("yoloface_8n", Path.of("pom.xml"));
            }
            var outcome = reload(server);

            // then
            assertThat(outcome.get("state").asText()).isEqualTo("refused");
            assertThat(outcome.get("reason").asText()).contains(named);
            assertThat(digest(server)).isEqualTo(digest);
            assertThat(server.swap(form()).body()).isEqualTo(picture);
            load.awaitMore(2);
            assertThat(load.end()).containsOnly(200);
            assertThat(reloads(server, "refused")).isEqualTo(1);
            assertThat(server.get("/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void modelsThatFailTheSelfTestDoNotServe() throws Exception {
        // given
        copyBundled();
        try (var server = startReal(Map.of("SELF_TEST", "on"))) {
            Files.writeString(
                    models.resolve("golden.json"),
                    Files.readString(models.resolve("golden.json"))
                            .replace("\"minimum_psnr_db\": 35", "\"minimum_psnr_db\": 999"));

            // when
            var outcome = reload(server);

            // then
            assertThat(outcome.get("reason").asText()).contains("CHANGED_OUTPUT");
            assertThat(server.health().at("/self_test/passed").asBoolean()).isTrue();
            assertThat(server.health().get("status").asText()).isEqualTo("healthy");
        }
    }

    @Test
    void anEngineEndsItsTaskBeforeAnotherTakesItsPlace() throws Exception {
        // given
        var old = FakeEngine.warm();
        var next = FakeEngine.warm();
        try (var server = startFake(old, next)) {
            var running = server.swapLater(FAKE);
            old.started.acquire();

            // when
            var first = post(server);

            // then
            assertThat(first.statusCode()).isEqualTo(202);
            assertThat(state(first)).isEqualTo("loading");
            assertThat(state(post(server))).isEqualTo("loading");
            assertThat(old.closed).hasValue(0);
            var waiting = server.swapLater(FAKE);

            // when
            old.mayFinish.release();

            // then
            assertThat(running.join().statusCode()).isEqualTo(200);
            next.started.acquire();
            assertThat(old.closed).hasValue(1);
            next.mayFinish.release();
            assertThat(waiting.join().statusCode()).isEqualTo(200);
            await().untilAsserted(() -> assertThat(state(get(server))).isEqualTo("loaded"));
            assertThat(next.closed).hasValue(0);
        }
        assertThat(next.closed).hasValue(1);
    }

    @Test
    void aServerThatStopsMeanwhileClosesBothSets() throws Exception {
        // given
        var old = FakeEngine.warm();
        var next = FakeEngine.warm();
        try (var server = startFake(old, next)) {
            var running = server.swapLater(FAKE);
            old.started.acquire();
            assertThat(state(post(server))).isEqualTo("loading");

            // when
            old.mayFinish.release();

            // then
            assertThat(server.drain()).isTrue();
            assertThat(running.join().statusCode()).isEqualTo(200);
            assertThat(old.closed).hasValue(1);
            assertThat(next.closed).hasValue(1);
        }
    }

    @Test
    void aServerThatStopsClosesAnEngineThatIsNotWarmYet() throws Exception {
        // given
        var old = FakeEngine.warm();
        var next = FakeEngine.cold();
        try (var server = startFake(old, next)) {
            assertThat(state(post(server))).isEqualTo("loading");

            // when
            var finished = server.drain();

            // then
            assertThat(finished).isTrue();
            assertThat(old.closed).hasValue(1);
            assertThat(next.closed).hasValue(1);
        }
    }

    @Test
    void saysThatNobodyAskedAndWhoMayNot() throws Exception {
        // given
        try (var server = startFake(FakeEngine.warm())) {

            // then
            assertThat(state(get(server))).isEqualTo("none");
            var stranger =
                    HttpRequest.newBuilder(server.management("/models/reload"))
                            .POST(BodyPublishers.noBody())
                            .build();
            assertThat(server.send(stranger).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void aServerWithoutModelsSaysThatItCannotReplaceThem() throws Exception {
        // given
        var cold = FakeEngine.cold();
        try (var server = RunningServer.start(environment(Map.of()), cold)) {

            // when
            var response = post(server);

            // then
            assertThat(response.statusCode()).isEqualTo(409);
            cold.mayWarmUp.countDown();
            server.awaitReady();
        }
    }

    private RunningServer startReal(Map<String, String> more) throws IOException {
        var settings = new TreeMap<>(Map.of("MODEL_DIR", models.toString(), "SELF_TEST", "off"));
        settings.put("PROVENANCE", "off"); // so that the same task gives the same bytes
        settings.putAll(more);
        return RunningServer.start(
                        environment(settings),
                        parts ->
                                () ->
                                        EnginePlan.of(parts.models(), ExecutionSettings.cpu(1))
                                                .in(parts.surroundings())
                                                .open())
                .awaitReady();
    }

    /// A server whose worker opens one of these after the other.
    private RunningServer startFake(FakeEngine... engines) {
        Queue<Engine> left = new ConcurrentLinkedQueue<>(List.of(engines));
        Function<EngineParts, Supplier<Engine>> next = _ -> left::remove;
        return RunningServer.start(
                        environment(Map.of("PROVENANCE", "off", "SELF_TEST", "off")), next)
                .awaitReady();
    }

    private Map<String, String> environment(Map<String, String> more) {
        var environment = new TreeMap<>(issuer.environment(directory));
        environment.putAll(more);
        return environment;
    }

    /// Asks for a reload, and asks again until it is known what came of it.
    private JsonNode reload(RunningServer server) throws Exception {
        assertThat(post(server).statusCode()).isIn(200, 202, 422);
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1)) // more often is turned away
                .until(
                        () -> RunningServer.json(get(server)),
                        answer -> !answer.path("state").asText().equals("loading"));
    }

    private HttpResponse<byte[]> post(RunningServer server) throws Exception {
        return server.send(request(server).POST(BodyPublishers.noBody()).build());
    }

    private HttpResponse<byte[]> get(RunningServer server) throws Exception {
        return server.send(request(server).build());
    }

    private HttpRequest.Builder request(RunningServer server) {
        return HttpRequest.newBuilder(server.management("/models/reload"))
                .header("Authorization", "Bearer " + issuer.token());
    }

    private static String state(HttpResponse<byte[]> response) throws Exception {
        return RunningServer.json(response).path("state").asText();
    }

    private static String digest(RunningServer server) throws Exception {
        return server.health().get("model_digest").asText();
    }

    private static double reloads(RunningServer server, String outcome) throws Exception {
        var series = "fusion_model_reloads_total{outcome=\"%s\"} ".formatted(outcome);
        return new String(server.get("/metrics").body(), UTF_8)
                .lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
                .sum();
    }

    private static Form form() throws IOException {
        var photo = Files.readAllBytes(BUNDLED.resolve("photos/astronaut.png"));
        return Form.of(photo, photo).options("{\"output_format\": \"png\"}");
    }

    private void copyBundled() throws IOException {
        try (var files = Files.list(BUNDLED)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(
                        file,
                        models.resolve(file.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}

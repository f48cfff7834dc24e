package dev.facefusion.runtime.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.facefusion.runtime.Form;
import dev.facefusion.runtime.engine.EnginePlan;
import dev.facefusion.runtime.engine.Reference;
import dev.facefusion.runtime.engine.session.ExecutionSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a Prometheus reads from a runtime that has done some work.
class MetricsIT {

    private static RunningServer server;
    private static String scrape;

    @BeforeAll
    static void scrapeAfterSomeWork() throws IOException, InterruptedException {
        server =
                RunningServer.start(
                                Map.of(),
                                parts ->
                                        () ->
                                                EnginePlan.of(
                                                                parts.models(),
                                                                ExecutionSettings.cpu(1))
                                                        .open())
                        .awaitReady();
        assertThat(
                        server.swap(
                                        Form.of(
                                                Reference.photo("astronaut.png"),
                                                Reference.photo("grace_hopper.jpg")))
                                .statusCode())
                .isEqualTo(200);
        scrape = new String(server.get("/metrics").body(), UTF_8);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void isCleanForPrometheus() throws IOException, InterruptedException {
        // given
        assumeTrue(onPath("promtool"), "promtool is not on the PATH; dev/verify brings it");
        var promtool =
                new ProcessBuilder("promtool", "check", "metrics")
                        .redirectErrorStream(true)
                        .start();

        // when
        try (var stdin = promtool.getOutputStream()) {
            stdin.write(scrape.getBytes(UTF_8));
        }
        var said = new String(promtool.getInputStream().readAllBytes(), UTF_8);

        // then
        assertThat(promtool.waitFor()).as(said).isZero();
    }

    @Test
    void countsOutcomesWithTheirReasons() {
        assertThat(scrape)
                .contains("fusion_requests_total{outcome=\"ok\",reason=\"swapped\"} 1.0")
                .contains("fusion_requests_total{outcome=\"rejected\",reason=\"queue_full\"} 0.0")
                .contains("fusion_inflight 0.0")
                .contains("fusion_queue_depth 0.0");
    }

    @Test
    void timesEveryStage() {
        assertThat(scrape)
                .contains("fusion_stage_seconds_bucket{stage=\"detect\",le=\"+Inf\"}")
                .contains("fusion_swap_seconds_count 1");
    }

    @Test
    void tellsWhereTheModelsRunAndWhatTheyTake() {
        assertThat(scrape)
                .containsPattern(
                        Pattern.compile(
                                "fusion_ep_nodes\\{ep=\"CPUExecutionProvider\",model=\"facemesh_468\"\\} [1-9]"))
                .containsPattern(
                        Pattern.compile(
                                "fusion_ort_arena_total_bytes\\{device=\"cpu\",model=\"facemesh_468\"\\} [1-9]"))
                .contains("fusion_model_load_seconds{model=\"facemesh_468\"}");
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}

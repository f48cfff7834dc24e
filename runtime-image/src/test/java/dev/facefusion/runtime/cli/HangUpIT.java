package dev.facefusion.runtime.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// SIGHUP: a server's process reads its models again, under load, and lives.
@Timeout(180)
class HangUpIT {

    private static final Map<String, String> SETTINGS =
            Map.of(
                    "API_PORT", "0",
                    "HEALTH_PORT", "0",
                    "EXECUTION_THREADS", "1",
                    "CONCURRENCY", "2",
                    "SELF_TEST", "off",
                    "MODEL_RELOAD_AT_ONCE", "1");
    private static final int TASKS = 24;
    private static final int RELOADS = 3;

    @Test
    void readsItsModelsAgainUnderLoadAndEndsInOrder() throws Exception {
        // given
        try (var runtime = RuntimeProcess.serve(SETTINGS).awaitReady()) {
            var answers = Stream.generate(runtime::swap).limit(TASKS).toList();

            // when
            for (int done = 1; done <= RELOADS; done++) {
                runtime.hangUp();
                awaitReloads(runtime, done);
            }
            await().atMost(Duration.ofMinutes(1)).until(() -> runtime.acceptedTasks() == TASKS);
            runtime.hangUp();
            runtime.stop(); // while it reloads

            // then
            assertThat(answers).extracting(answer -> answer.join().statusCode()).containsOnly(200);
            assertThat(runtime.exitCode()).isEqualTo(ExitCode.OK.code());
            assertThat(crashReports()).isEmpty();
        }
    }

    private static void awaitReloads(RuntimeProcess runtime, int done) {
        var series = "fusion_model_reloads_total{outcome=\"done\"} %d.0".formatted(done);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> metrics(runtime).lines().anyMatch(series::equals));
    }

    private static String metrics(RuntimeProcess runtime) throws Exception {
        return new String(runtime.health("/metrics").body(), UTF_8);
    }

    private static List<Path> crashReports() throws IOException {
        try (var files = Files.list(Path.of(""))) {
            return files.filter(file -> file.getFileName().toString().startsWith("hs_err"))
                    .toList();
        }
    }
}

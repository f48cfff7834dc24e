package dev.facefusion.runtime.cli;

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
import org.junit.jupiter.api.condition.EnabledIf;

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

    /// Java leaves the signal to whoever had it ignored, such as `nohup`; children inherit that.
    static boolean hangUpsAreHeard() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .noneMatch(line -> line.matches(".*[13579bdf]"));
    }

    @Test
    @EnabledIf("hangUpsAreHeard")
    void readsItsModelsAgainUnderLoadAndEndsInOrder() throws Exception {
        // given
        try (var runtime = RuntimeProcess.serve(SETTINGS).awaitReady()) {
            var answers = Stream.generate(runtime::swap).limit(TASKS).toList();

            // when
            hangUpUntilItReloaded(runtime, RELOADS);
            await().atMost(Duration.ofMinutes(1)).until(() -> runtime.acceptedTasks() == TASKS);
            runtime.hangUp();
            runtime.stop(); // while it reloads

            // then
            assertThat(answers).extracting(answer -> answer.join().statusCode()).containsOnly(200);
            assertThat(runtime.exitCode()).isEqualTo(ExitCode.OK.code());
            assertThat(crashReports()).isEmpty();
        }
    }

    // Whoever asks while it reloads is not heard.
    private static void hangUpUntilItReloaded(RuntimeProcess runtime, int times) {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    boolean enough = reloads(runtime) >= times;
                    if (!enough) {
                        runtime.hangUp();
                    }
                    return enough;
                });
    }

    private static long reloads(RuntimeProcess runtime) {
        return runtime.log().stream().filter(line -> line.contains("Models reloaded")).count();
    }

    private static List<Path> crashReports() throws IOException {
        try (var files = Files.list(Path.of(""))) {
            return files.filter(file -> file.getFileName().toString().startsWith("hs_err"))
                    .toList();
        }
    }
}

package dev.facefusion.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.facefusion.runtime.engine.PictureEngine;
import dev.facefusion.runtime.engine.SwapOutcome;
import dev.facefusion.runtime.engine.SwapRequest;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.engine.stage.StageListener;
import dev.facefusion.runtime.token.IssuerServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How the server's process ends: by signals and on demand, with tasks that run and that hang.
@Timeout(180)
class StoppingIT {

    // For a slow machine; far from the limits that apply where a setting is not heeded.
    private static final Duration SLACK = Duration.ofSeconds(30);
    private static final int MANY = 30;

    @TempDir private Path directory;

    @RepeatedTest(5)
    void answersEveryAcceptedTaskWhenItIsTerminatedUnderLoad() throws Exception {
        // given
        var settings = Map.of("CONCURRENCY", "2", "QUEUE_CAPACITY", Integer.toString(MANY));
        try (var runtime = RuntimeProcess.serve(environment(settings))) {
            runtime.awaitReady();
            var answers = Stream.generate(runtime::swap).limit(MANY).toList();
            awaitAccepted(runtime, MANY);

            // when
            runtime.stop();

            // then
            assertThat(answers).extracting(answer -> answer.join().statusCode()).containsOnly(200);
            assertThat(runtime.exitCode()).isEqualTo(ExitCode.OK.code());
            assertThat(crashReports()).isEmpty();
        }
    }

    @Test
    void takesTasksForTheShutdownDelayAlthoughItIsNotReady() throws Exception {
        // given
        try (var runtime =
                RuntimeProcess.serve(environment(Map.of("SHUTDOWN_DELAY_SECONDS", "5")))) {
            runtime.awaitReady();

            // when
            runtime.stop();

            // then
            await().until(() -> runtime.health("/ready").statusCode() == 503);
            assertThat(runtime.healthReport().get("draining").asBoolean()).isTrue();
            assertThat(runtime.healthReport().get("accepting").asBoolean()).isTrue();
            assertThat(runtime.swap().join().statusCode()).isEqualTo(200);
            assertThat(runtime.exitCode()).isEqualTo(ExitCode.OK.code());
        }
    }

    @Test
    void endsInTimeWhenATaskHangs() throws Exception {
        // given
        try (var runtime = stuck(Map.of("DRAIN_TIMEOUT_SECONDS", "3"))) {
            runtime.awaitReady();
            var hanging = runtime.swap();
            await().until(() -> runtime.healthReport().get("tasks_in_flight").asInt() == 1);

            // when
            var start = Instant.now();
            runtime.stop();

            // then
            assertThat(hanging.join().statusCode()).isEqualTo(503);
            assertThat(runtime.exitCode()).isEqualTo(ExitCode.DRAIN_TIMED_OUT.code());
            assertThat(Duration.between(start, Instant.now()))
                    .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(3).plus(SLACK));
        }
    }

    @Test
    void endsSoonerWhenItIsTerminatedTwice() throws Exception {
        // given
        try (var runtime = stuck(Map.of("DRAIN_TIMEOUT_SECONDS", "100"))) {
            runtime.awaitReady();
            var hanging = runtime.swap();
            await().until(() -> runtime.healthReport().get("tasks_in_flight").asInt() == 1);
            runtime.stop();
            await().until(() -> runtime.health("/ready").statusCode() == 503);

            // when
            var start = Instant.now();
            runtime.stop();

            // then
            assertThat(hanging.join().statusCode()).isEqualTo(503);
            assertThat(runtime.exitCode()).isEqualTo(ExitCode.DRAIN_TIMED_OUT.code());
            assertThat(Duration.between(start, Instant.now())).isLessThan(SLACK);
        }
    }

    @Test
    void cutsTheShutdownDelayShortWhenItIsTerminatedTwice() throws Exception {
        // given
        try (var runtime =
                RuntimeProcess.serve(environment(Map.of("SHUTDOWN_DELAY_SECONDS", "100")))) {
            runtime.awaitReady();
            runtime.stop();
            await().until(() -> runtime.health("/ready").statusCode() == 503);

            // when
            runtime.stop();

            // then
            assertThat(runtime.exitCode()).isEqualTo(ExitCode.OK.code());
        }
    }

    @Test
    void endsWellWhenARestartIsAskedForAndTasksRun() throws Exception {
        // given
        try (var issuer = IssuerServer.start();
                var runtime = RuntimeProcess.serve(environment(issuer.environment(directory)))) {
            runtime.awaitReady();
            var answers = Stream.generate(runtime::swap).limit(12).toList();
            awaitAccepted(runtime, 12);

            // when
            var response = restart(runtime, issuer);

            // then
            assertThat(response.statusCode()).isEqualTo(202);
            assertThat(answers).extracting(answer -> answer.join().statusCode()).containsOnly(200);
            assertThat(runtime.exitCode()).isEqualTo(ExitCode.OK.code());
        }
    }

    @Test
    void endsAtOnceWhenARestartIsAskedForAndNothingRuns() throws Exception {
        // given
        try (var issuer = IssuerServer.start();
                var runtime = RuntimeProcess.serve(environment(issuer.environment(directory)))) {
            runtime.awaitReady();

            // when
            var response = restart(runtime, issuer);

            // then
            assertThat(response.statusCode()).isEqualTo(202);
            assertThat(runtime.exitCode()).isEqualTo(ExitCode.OK.code());
        }
    }

    @Test
    void endsInTimeWhenARestartIsAskedForAndATaskHangs() throws Exception {
        // given
        var settings = new TreeMap<String, String>();
        try (var issuer = IssuerServer.start()) {
            settings.putAll(issuer.environment(directory));
            settings.put("DRAIN_TIMEOUT_SECONDS", "2");
            try (var runtime = stuck(settings)) {
                runtime.awaitReady();
                var hanging = runtime.swap();
                await().until(() -> runtime.healthReport().get("tasks_in_flight").asInt() == 1);

                // when
                var start = Instant.now();
                restart(runtime, issuer);

                // then
                assertThat(hanging.join().statusCode()).isEqualTo(503);
                assertThat(runtime.exitCode()).isEqualTo(ExitCode.DRAIN_TIMED_OUT.code());
                assertThat(Duration.between(start, Instant.now()))
                        .isLessThan(Duration.ofSeconds(2).plus(SLACK));
            }
        }
    }

    /// The program with an engine that never finishes a task.
    static final class StuckMain {

        private StuckMain() {}

        public static void main(String[] arguments) throws InterruptedException {
            System.exit(ServeCommand.serve(_ -> _ -> StuckEngine::new));
        }
    }

    private static final class StuckEngine implements PictureEngine {

        @Override
        public SwapOutcome swap(
                SwapRequest request, StageListener progress, Cancellation cancellation) {
            while (true) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException _) {
                    // as deaf as a native call
                }
            }
        }
    }

    private static RuntimeProcess stuck(Map<String, String> settings) throws IOException {
        var all = environment(settings);
        all.put("SELF_TEST", "off"); // it would hang as every swap does
        return RuntimeProcess.serve(all, StuckMain.class);
    }

    private static Map<String, String> environment(Map<String, String> settings) {
        var all = new TreeMap<>(settings);
        all.put("API_PORT", "0");
        all.put("HEALTH_PORT", "0");
        all.put("EXECUTION_THREADS", "1");
        return all;
    }

    // So many more than the engine does meanwhile that some still wait.
    private static void awaitAccepted(RuntimeProcess runtime, int tasks) {
        await().atMost(Duration.ofMinutes(1)).until(() -> runtime.acceptedTasks() == tasks);
    }

    private static HttpResponse<String> restart(RuntimeProcess runtime, IssuerServer issuer)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:%d/restart"
                                                .formatted(runtime.healthPort())))
                        .header("Authorization", "Bearer " + issuer.token())
                        .POST(BodyPublishers.noBody())
                        .build();
        return runtime.client().send(request, BodyHandlers.ofString());
    }

    private static List<Path> crashReports() throws IOException {
        try (var files = Files.list(Path.of(""))) {
            return files.filter(file -> file.getFileName().toString().startsWith("hs_err"))
                    .toList();
        }
    }
}

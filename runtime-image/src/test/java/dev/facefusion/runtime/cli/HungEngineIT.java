package dev.facefusion.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.facefusion.runtime.Form;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The real engine hangs in the middle of a task, as seen from outside the process.
@Timeout(300)
class HungEngineIT {

    private static final Path PHOTOS = Path.of("models/photos");

    @TempDir private Path directory;

    @Test
    void isSeenAndIsCuredByItselfOrByARestart() throws Exception {
        // given
        var agent = StallAgent.in(directory);
        try (var runtime = serve(agent)) {

            // when
            agent.hang();
            var hung = swap(runtime);

            // then
            await().until(() -> status(runtime).equals("stalled"));
            assertThat(runtime.healthReport().get("tasks_in_flight").asInt()).isEqualTo(1);
            assertThat(runtime.health("/ready").statusCode()).isEqualTo(200);
            await().until(() -> runtime.health("/health").statusCode() == 503);

            // when
            agent.release();

            // then
            assertThat(hung.join().statusCode()).isEqualTo(200);
            await().until(() -> status(runtime).equals("healthy"));

            // when
            agent.hang();
            hung = swap(runtime);
            await().until(() -> status(runtime).equals("stalled"));
            runtime.stop();

            // then
            assertThat(hung.join().statusCode()).isEqualTo(503);
            assertThat(runtime.exitCode()).isEqualTo(ExitCode.DRAIN_TIMED_OUT.code());
        }
        try (var next = serve(agent)) {
            assertThat(swap(next).join().statusCode()).isEqualTo(200);
        }
    }

    private RuntimeProcess serve(StallAgent agent) throws Exception {
        var runtime =
                RuntimeProcess.serve(
                        Map.of(
                                "API_PORT", "0",
                                "HEALTH_PORT", "0",
                                "EXECUTION_THREADS", "1",
                                "STALL_THRESHOLD_SECONDS", "2",
                                "DRAIN_TIMEOUT_SECONDS", "2",
                                "JAVA_TOOL_OPTIONS", agent.option()));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> runtime.health("/ready").statusCode() == 200);
        return runtime;
    }

    private static String status(RuntimeProcess runtime) throws Exception {
        return runtime.healthReport().get("status").asText();
    }

    private static CompletableFuture<HttpResponse<byte[]>> swap(RuntimeProcess runtime)
            throws Exception {
        var form =
                Form.of(
                        Files.readAllBytes(PHOTOS.resolve("grace_hopper.jpg")),
                        Files.readAllBytes(PHOTOS.resolve("astronaut.png")));
        return runtime.client()
                .sendAsync(
                        HttpRequest.newBuilder(runtime.api("/v1/swap"))
                                .header("Content-Type", Form.CONTENT_TYPE)
                                .POST(BodyPublishers.ofByteArray(form.bytes()))
                                .build(),
                        BodyHandlers.ofByteArray());
    }
}

package dev.facefusion.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.facefusion.runtime.Form;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `facefusion serve` as a process: what the kubelet starts and stops.
@Timeout(180)
class ServeIT {

    private static final Map<String, String> FREE_PORTS =
            Map.of("API_PORT", "0", "HEALTH_PORT", "0");
    private static final Path PHOTOS = Path.of("models/photos");

    @Test
    void finishesItsTasksWhenItIsTerminated() throws Exception {
        // given
        try (var runtime = RuntimeProcess.serve(FREE_PORTS)) {
            awaitReady(runtime);
            var answers = Stream.generate(() -> swap(runtime)).limit(6).toList();
            await().atMost(Duration.ofMinutes(1)).until(() -> runtime.acceptedTasks() == 6);

            // when
            runtime.stop();

            // then
            assertThat(answers).extracting(answer -> answer.join().statusCode()).containsOnly(200);
            assertThat(runtime.exitCode()).isEqualTo(ExitCode.OK.code());
        }
    }

    @Test
    void endsAtOnceWhenItIsTerminatedIdle() throws Exception {
        // given
        try (var runtime = RuntimeProcess.serve(FREE_PORTS)) {
            awaitReady(runtime);

            // when
            runtime.stop();

            // then
            assertThat(runtime.exitCode()).isEqualTo(ExitCode.OK.code());
        }
    }

    @Test
    void endsWhenItIsTerminatedWhileItStarts() throws Exception {
        // given
        try (var runtime = RuntimeProcess.serve(FREE_PORTS)) {

            // when
            runtime.stop();

            // then
            assertThat(runtime.exitCode()).isEqualTo(ExitCode.OK.code());
        }
    }

    @Test
    void explainsABadVariableInOneLine() throws Exception {
        // when
        try (var runtime = RuntimeProcess.start(Map.of("QUEUE_CAPACITY", "many"), "serve")) {

            // then
            assertThat(runtime.exitCode()).isEqualTo(ExitCode.BAD_CONFIG.code());
            assertThat(runtime.text())
                    .contains("QUEUE_CAPACITY", "\"many\"", "Set it to a whole number")
                    .hasLineCount(1);
        }
    }

    @Test
    void explainsAPortInUse() throws Exception {
        // given
        try (var first = RuntimeProcess.serve(FREE_PORTS)) {
            var taken = Integer.toString(first.api("/").getPort());

            // when
            try (var second =
                    RuntimeProcess.start(Map.of("API_PORT", taken, "HEALTH_PORT", "0"), "serve")) {

                // then
                assertThat(second.exitCode()).isEqualTo(ExitCode.BAD_CONFIG.code());
                assertThat(second.text()).contains("port " + taken + " cannot be opened");
            }
        }
    }

    private static void awaitReady(RuntimeProcess runtime) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> runtime.health("/ready").statusCode() == 200);
    }

    private static CompletableFuture<HttpResponse<byte[]>> swap(RuntimeProcess runtime) {
        try {
            var form =
                    Form.of(
                            Files.readAllBytes(PHOTOS.resolve("grace_hopper.jpg")),
                            Files.readAllBytes(PHOTOS.resolve("astronaut.png")));
            var request =
                    HttpRequest.newBuilder(runtime.api("/v1/swap"))
                            .header("Content-Type", Form.CONTENT_TYPE)
                            .POST(BodyPublishers.ofByteArray(form.bytes()))
                            .build();
            return runtime.client().sendAsync(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

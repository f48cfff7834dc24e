package dev.facefusion.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facefusion.runtime.Form;
import dev.facefusion.runtime.engine.video.Footages;
import dev.facefusion.runtime.engine.video.NeedsFfmpeg;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The server is killed by SIGKILL in the middle of a video, and started again.
@NeedsFfmpeg
@Timeout(300)
class VideoCrashIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path PHOTOS = Path.of("models/photos");

    private final Path work;
    private final Path folder;

    VideoCrashIT(@TempDir Path work, @TempDir Path folder) {
        this.work = work;
        this.folder = folder;
    }

    @Test
    void makesTheVideoAgainAndLeavesNothingOfTheFirstTry() throws Exception {
        // given: ten seconds, so that the first try is not over before it is killed
        var video =
                Footages.portrait(
                        folder.resolve("target.mp4"),
                        PHOTOS.resolve("astronaut.png"),
                        "640x360",
                        10);
        String id;
        List<ProcessHandle> children;
        try (var runtime = serve()) {
            awaitReady(runtime);
            id = accept(runtime, video);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> job(runtime, id).at("/progress/frames_done").asInt() > 0);
            children = runtime.children();
            assertThat(children).isNotEmpty();
            assertThat(unfinished(id)).isNotEmpty();

            // when
            runtime.kill();
        }

        // then
        await().atMost(Duration.ofSeconds(20))
                .until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        try (var runtime = serve()) {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> job(runtime, id).get("state").asText().equals("succeeded"));
            assertThat(job(runtime, id).get("attempts").asInt()).isEqualTo(2);
            assertThat(unfinished(id)).isEmpty();
            assertThat(
                            Footages.told(
                                    work.resolve("jobs/files").resolve(id).resolve("result"),
                                    "v",
                                    "nb_read_frames"))
                    .isEqualTo("250");
        }
    }

    private RuntimeProcess serve() throws IOException {
        return RuntimeProcess.serve(
                Map.of(
                        "API_PORT", "0",
                        "HEALTH_PORT", "0",
                        "WORK_DIR", work.toString(),
                        "EXECUTION_THREADS", "1"));
    }

    private static void awaitReady(RuntimeProcess runtime) {
        await().atMost(Duration.ofMinutes(2))
                .until(() -> runtime.health("/ready").statusCode() == 200);
    }

    private static String accept(RuntimeProcess runtime, Path video) throws Exception {
        var form =
                Form.of(
                        Files.readAllBytes(PHOTOS.resolve("grace_hopper.jpg")),
                        Files.readAllBytes(video));
        var response =
                send(
                        runtime,
                        HttpRequest.newBuilder(runtime.api("/v1/jobs"))
                                .header("Content-Type", Form.CONTENT_TYPE)
                                .POST(BodyPublishers.ofByteArray(form.bytes()))
                                .build());
        assertThat(response.statusCode()).isEqualTo(202);
        return JSON.readTree(response.body()).get("id").asText();
    }

    private static JsonNode job(RuntimeProcess runtime, String id) throws Exception {
        var request = HttpRequest.newBuilder(runtime.api("/v1/jobs/" + id)).build();
        return JSON.readTree(send(runtime, request).body());
    }

    private static HttpResponse<byte[]> send(RuntimeProcess runtime, HttpRequest request)
            throws Exception {
        return runtime.client().send(request, BodyHandlers.ofByteArray());
    }

    private List<Path> unfinished(String id) throws IOException {
        try (var files = Files.list(work.resolve("jobs/files").resolve(id))) {
            return files.filter(file -> file.toString().endsWith(".part")).toList();
        }
    }
}

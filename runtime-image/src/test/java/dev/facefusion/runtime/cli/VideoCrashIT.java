package dev.facefusion.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.facefusion.runtime.engine.video.Footages;
import dev.facefusion.runtime.engine.video.NeedsFfmpeg;
import java.io.IOException;
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
            id = runtime.awaitReady().acceptJob(video);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> runtime.job(id).at("/progress/frames_done").asInt() > 0);
            children = runtime.children();
            assertThat(children).isNotEmpty();
            // The first frames fit into the pipe to an encoder that has not begun its file.
            await().until(() -> !unfinished(id).isEmpty());

            // when
            runtime.kill();
        }

        // then
        await().atMost(Duration.ofSeconds(20))
                .until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        try (var runtime = serve()) {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> runtime.job(id).get("state").asText().equals("succeeded"));
            assertThat(runtime.job(id).get("attempts").asInt()).isEqualTo(2);
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

    private List<Path> unfinished(String id) throws IOException {
        try (var files = Files.list(work.resolve("jobs/files").resolve(id))) {
            return files.filter(file -> file.toString().endsWith(".part")).toList();
        }
    }
}

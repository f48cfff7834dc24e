package dev.facefusion.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.facefusion.runtime.engine.video.NeedsFfmpeg;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Video jobs whose work breaks off, or hangs.
@NeedsFfmpeg
@Timeout(180)
class VideoJobEndingIT {

    private final VideoJobs videos;

    VideoJobEndingIT(@TempDir Path work, @TempDir Path folder) {
        this.videos = new VideoJobs(work, folder);
    }

    @Test
    void leavesNothingOfACancelledVideo() throws Exception {
        // given
        var engine = FakeEngine.obedient();
        try (var server = videos.start(engine)) {
            var id = VideoJobs.accept(server, VideoJobs.form(videos.clip("")));
            engine.started.acquire();
            assertThat(VideoJobs.children()).isNotEmpty();

            // when
            var deleted =
                    server.send(
                            HttpRequest.newBuilder(server.api("/v1/jobs/" + id)).DELETE().build());

            // then
            assertThat(RunningServer.json(deleted).get("state").asText()).isEqualTo("cancelled");
            await().until(() -> VideoJobs.children().isEmpty());
            await().until(() -> Files.notExists(videos.files(id)));
            await().until(() -> server.health().get("tasks_in_flight").asInt() == 0);
        }
    }

    @Test
    void failsOnlyTheVideoWhoseFfmpegIsKilled() throws Exception {
        // given
        var murderous = new AtomicBoolean(true);
        var engine =
                FakeEngine.busy((_, _) -> {
                    if (murderous.getAndSet(false)) {
                        VideoJobs.children().forEach(ProcessHandle::destroyForcibly);
                    }
                });
        try (var server = videos.start(engine)) {

            // when
            var problem =
                    VideoJobs.failed(
                            server, VideoJobs.accept(server, VideoJobs.form(videos.clip(""))));

            // then
            assertThat(problem.get("type").asText()).endsWith(":video-failed");
            assertThat(problem.get("detail").asText()).contains("137");
            var next = VideoJobs.accept(server, VideoJobs.form(videos.clip("")));
            await().until(() ->
                    VideoJobs.job(server, next).get("state").asText().equals("succeeded"));
            assertThat(server.get("/health").statusCode()).isEqualTo(200);
            assertThat(server.health().get("status").asText()).isEqualTo("healthy");
        }
    }

    @Test
    void runsAVideoAgainThatTheDrainDidNotWaitFor() throws Exception {
        // given
        String id;
        var engine = FakeEngine.obedient();
        try (var server = videos.start(engine, "DRAIN_TIMEOUT_SECONDS", "1")) {
            id = VideoJobs.accept(server, VideoJobs.form(videos.clip("")));
            engine.started.acquire();

            // when
            assertThat(server.drain()).isFalse();

            // then
            assertThat(VideoJobs.children()).isEmpty();
        }
        try (var server = videos.start(FakeEngine.busy((_, _) -> {}))) {
            await().until(() ->
                    VideoJobs.job(server, id).get("state").asText().equals("succeeded"));
            assertThat(VideoJobs.job(server, id).get("attempts").asInt()).isEqualTo(2);
            assertThat(videos.files(id)).isDirectoryContaining("glob:**/result");
            try (var left = Files.list(videos.files(id))) {
                assertThat(left).hasSize(1);
            }
        }
    }

    @Test
    void isStalledWhenAVideoHangsAndOnlyThen() throws Exception {
        // given: an engine that waits in its first frame
        var pace = new Semaphore(0);
        var engine = FakeEngine.busy((_, _) -> pace.acquireUninterruptibly());
        try (var server = videos.start(engine, "STALL_THRESHOLD_SECONDS", "1")) {
            var id = VideoJobs.accept(server, VideoJobs.form(videos.clip("")));
            engine.started.acquire();

            // when: nothing moves
            await().until(() -> server.health().get("status").asText().equals("stalled"));

            // then: it does again
            pace.release(1000);
            await().until(() ->
                    VideoJobs.job(server, id).get("state").asText().equals("succeeded"));
            await().until(() -> server.health().get("status").asText().equals("healthy"));
        }
    }

    @Test
    void endsAVideoAtItsDeadlineAndLeavesNothingOfIt() throws Exception {
        // given: an engine that does not end by itself
        try (var server = videos.start(FakeEngine.obedient())) {

            // when
            var accepted = server.postJob(VideoJobs.form(videos.clip("")), "X-Deadline-Ms", "3000");
            var id = RunningServer.json(accepted).get("id").asText();

            // then
            var problem = VideoJobs.failed(server, id);
            assertThat(problem.get("type").asText()).endsWith(":timed-out");
            assertThat(problem.get("detail").asText()).contains("3000 ms");
            await().until(() -> VideoJobs.children().isEmpty());
            await().until(() -> Files.notExists(videos.files(id)));
            await().until(() -> server.health().get("tasks_in_flight").asInt() == 0);
            VideoJobs.problem(server.ask("/v1/jobs/" + id + "/result"), 409, "job-without-result");
        }
    }
}

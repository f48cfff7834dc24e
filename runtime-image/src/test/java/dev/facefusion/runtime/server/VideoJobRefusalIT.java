package dev.facefusion.runtime.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.facefusion.runtime.Form;
import dev.facefusion.runtime.engine.video.NeedsFfmpeg;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Videos that are not served, or not these.
@NeedsFfmpeg
@Timeout(180)
class VideoJobRefusalIT {

    private final VideoJobs videos;

    VideoJobRefusalIT(@TempDir Path work, @TempDir Path folder) {
        this.videos = new VideoJobs(work, folder);
    }

    @Test
    void tellsWhoWaitsForAVideoToSendAJob() throws Exception {
        // given
        try (var server = videos.start(FakeEngine.warm())) {

            // when
            var response = server.swap(VideoJobs.form(videos.clip("")));

            // then
            VideoJobs.problem(response, 415, "video-needs-job");
            assertThat(RunningServer.json(response).get("remedy").asText())
                    .contains("POST /v1/jobs");
        }
    }

    @Test
    void servesPicturesWhereThereIsNoFfmpeg() throws Exception {
        // given
        var engine = FakeEngine.warm();
        try (var server = videos.start(engine, "PATH", videos.folder().toString())) {

            // when
            var response = server.postJob(VideoJobs.form(videos.clip("")));

            // then
            VideoJobs.problem(response, 415, "videos-not-served");
            engine.mayFinish.release();
            assertThat(server.swap(Form.of("face", "picture")).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void saysWhichLimitAVideoExceeds() throws Exception {
        // given
        try (var server = videos.start(FakeEngine.warm(), "VIDEO_MAX_SECONDS", "1")) {
            var seconds = videos.clip("");

            // then
            var tooLong =
                    VideoJobs.failed(server, VideoJobs.accept(server, VideoJobs.form(seconds)));
            assertThat(tooLong.get("type").asText()).endsWith(":video-too-large");
            assertThat(tooLong.get("detail").asText()).contains("longer than");
        }
        try (var server = videos.start(FakeEngine.warm(), "VIDEO_MAX_MEGAPIXELS", "1")) {
            var form = VideoJobs.form(videos.clip("")).options("{\"output_video_scale\": 8}");

            // then: 2560 x 1920 would be five
            var large = VideoJobs.failed(server, VideoJobs.accept(server, form));
            assertThat(large.get("type").asText()).endsWith(":video-too-large");
            assertThat(large.get("detail").asText()).contains("2560 x 1920", "1000000 pixels");
        }
    }

    @Test
    void failsABrokenVideoWithoutSayingWhereItLies() throws Exception {
        // given: whole boxes without an index
        var video = videos.clip("-movflags -faststart");
        var broken = Arrays.copyOf(Files.readAllBytes(video), (int) Files.size(video) / 2);
        try (var server = videos.start(FakeEngine.warm())) {

            // when
            var problem =
                    VideoJobs.failed(
                            server,
                            VideoJobs.accept(server, Form.of("face".getBytes(UTF_8), broken)));

            // then
            assertThat(problem.get("type").asText()).endsWith(":unsupported-video");
            assertThat(problem.get("detail").asText()).doesNotContain(videos.work().toString());
        }
    }

    @Test
    void refusesADeadlineThatIsNone() throws Exception {
        try (var server = videos.start(FakeEngine.warm())) {
            VideoJobs.problem(
                    server.postJob(VideoJobs.form(videos.clip("")), "X-Deadline-Ms", "0"),
                    400,
                    "bad-header");
        }
    }

    @Test
    void takesNoVideoWithoutConsentWhereThatIsRequired() throws Exception {
        // given
        var form =
                new Form()
                        .part("source", "face".getBytes(UTF_8))
                        .part("target", Files.readAllBytes(videos.clip("")));
        try (var server = videos.start(FakeEngine.warm(), "AUDIT_LOG", videos.audit().toString())) {

            // when
            var response = server.postJob(form);

            // then
            VideoJobs.problem(response, 400, "consent-required");
            assertThat(videos.work().resolve("jobs/files")).isEmptyDirectory();
            assertThat(videos.audit()).isEmptyFile();
        }
        var engine = FakeEngine.busy((_, _) -> {});
        try (var server =
                videos.start(
                        engine, "CONSENT", "optional", "AUDIT_LOG", videos.audit().toString())) {
            var id = VideoJobs.accept(server, form);
            await().until(() ->
                    VideoJobs.job(server, id).get("state").asText().equals("succeeded"));
            assertThat(videos.audit()).content().contains("\"outcome\":\"swapped\"");
        }
    }
}

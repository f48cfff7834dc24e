package dev.facefusion.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facefusion.runtime.Form;
import dev.facefusion.runtime.engine.EnginePlan;
import dev.facefusion.runtime.engine.video.Footages;
import dev.facefusion.runtime.engine.video.NeedsFfmpeg;
import dev.facefusion.runtime.provenance.MarkReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Videos as jobs over HTTP, with ffmpeg as it is.
@NeedsFfmpeg
@Timeout(180)
class VideoJobsIT {

    private final VideoJobs videos;

    VideoJobsIT(@TempDir Path work, @TempDir Path folder) {
        this.videos = new VideoJobs(work, folder);
    }

    @Test
    void swapsAVideoAndHandsItOut() throws Exception {
        // given
        var video =
                Footages.portrait(
                        videos.file("target.mp4"),
                        VideoJobs.PHOTOS.resolve("astronaut.png"),
                        "320x180",
                        2);
        var form =
                Form.of(
                                Files.readAllBytes(VideoJobs.PHOTOS.resolve("grace_hopper.jpg")),
                                Files.readAllBytes(video))
                        .options(
                                "{\"output_video_quality\": 60, \"trim_frame_end\": 40, \"face_tracker_score\": 0.3}");
        var execution = RunningServer.config(videos.environment()).execution();
        try (var server =
                RunningServer.start(
                        videos.environment(
                                "SELF_TEST", "off", "AUDIT_LOG", videos.audit().toString()),
                        parts -> () -> EnginePlan.of(parts.models(), execution).open())) {
            server.awaitReady();

            // when
            var id = VideoJobs.accept(server, form);
            var events = events(server, id);

            // then: its frames are counted on the way
            assertThat(events.lines().filter(line -> line.startsWith("data:")))
                    .anySatisfy(line ->
                            assertThat(line)
                                    .contains("\"frames_done\":")
                                    .contains("\"frames_total\":40")
                                    .contains("\"frames_per_second\":"));
            var job = VideoJobs.job(server, id);
            assertThat(job.get("state").asText()).as(job.toString()).isEqualTo("succeeded");
            assertThat(job.at("/result/media_type").asText()).isEqualTo("video/mp4");
            assertThat(job.at("/result/alterations")).isEmpty();

            // then: the file is what the job says, frames and sound are there, and it is marked
            var whole = server.ask("/v1/jobs/" + id + "/result");
            assertThat(whole.statusCode()).isEqualTo(200);
            assertThat(whole.headers().firstValue("Content-Type")).hasValue("video/mp4");
            assertThat(whole.headers().firstValueAsLong("Content-Length"))
                    .hasValue(job.at("/result/bytes").asLong());
            var digest = sha256(whole.body());
            assertThat(job.at("/result/sha256").asText()).isEqualTo(digest);
            assertThat(whole.headers().firstValue("ETag")).hasValue('"' + digest + '"');
            var result = Files.write(videos.file("result.mp4"), whole.body());
            assertThat(Footages.told(result, "v", "codec_name,nb_read_frames"))
                    .isEqualTo("h264,40");
            assertThat(Footages.told(result, "a", "codec_name")).startsWith("aac");
            try (var file = Files.newInputStream(result)) {
                assertThat(MarkReader.read(file).toString()).contains("FaceFusion runtime");
            }

            // then: parts of it can be had
            parts(server, id, whole.body());

            // then: the audit log knows what came of it
            assertThat(videos.audit())
                    .content()
                    .contains("\"outcome\":\"swapped\"", "\"output\":\"" + digest + "\"")
                    .contains("\"output_video_quality\":\"60\"", "\"face_tracker_score\":\"0.3\"");

            // then: a video's time is no picture's
            var health = server.health();
            assertThat(health.get("tasks_completed_total").asInt()).isEqualTo(1);
            assertThat(health.has("last_inference_ms")).isFalse();
            assertThat(health.has("inference_ms")).isFalse();
        }
    }

    private static void parts(RunningServer server, String id, byte[] whole) throws Exception {
        var path = "/v1/jobs/" + id + "/result";
        var part = server.ask(path, "Range", "bytes=100-299");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.headers().firstValue("Content-Range"))
                .hasValue("bytes 100-299/" + whole.length);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole, 100, 300));

        var end = server.ask(path, "Range", "bytes=-7");
        assertThat(end.body()).isEqualTo(Arrays.copyOfRange(whole, whole.length - 7, whole.length));

        var tag = "\"" + sha256(whole) + "\"";
        assertThat(server.ask(path, "Range", "bytes=0-1", "If-Range", tag).statusCode())
                .isEqualTo(206);
        assertThat(server.ask(path, "Range", "bytes=0-1", "If-Range", "\"other\"").body())
                .hasSize(whole.length);

        var beyond = server.ask(path, "Range", "bytes=" + whole.length + "-");
        VideoJobs.problem(beyond, 416, "beyond-the-end");
        assertThat(beyond.headers().firstValue("Content-Range"))
                .hasValue("bytes */" + whole.length);
    }

    @Test
    void saysWhatOfAVideoWasNotKept() throws Exception {
        // given
        var video = videos.clip("-vf scale=321:241 -pix_fmt yuv444p");
        try (var server = videos.start(FakeEngine.busy((_, _) -> {}))) {

            // when
            var id = succeeded(server, VideoJobs.form(video));

            // then
            assertThat(VideoJobs.job(server, id).at("/result/alterations"))
                    .extracting(JsonNode::asText)
                    .containsExactly("reduced_chroma", "cropped");
        }
    }

    @Test
    void takesTheSoundFromAmongTheSources() throws Exception {
        // given
        var sound =
                Footages.make(
                        videos.file("tone.mp3"), "-f lavfi -i sine=880:duration=1 -ac 2 FILE");
        var form = VideoJobs.form(videos.clip("")).part("source", Files.readAllBytes(sound));
        try (var server = videos.start(FakeEngine.busy((_, _) -> {}))) {

            // when
            var id = succeeded(server, form);

            // then
            var result = server.ask("/v1/jobs/" + id + "/result");
            var video = Files.write(videos.file("result.mp4"), result.body());
            assertThat(Footages.told(video, "a", "codec_name,channels")).isEqualTo("mp3,2");
        }
    }

    private static String succeeded(RunningServer server, Form form) throws Exception {
        var id = VideoJobs.accept(server, form);
        await().until(() -> VideoJobs.job(server, id).get("state").asText().equals("succeeded"));
        return id;
    }

    @Test
    void labelsEveryFrameWhereThatIsAskedFor() throws Exception {
        // given: half grey, and nobody in it
        var video =
                Footages.make(
                        videos.file("grey.mp4"),
                        "-f lavfi -i color=gray:size=320x180:rate=10:duration=2"
                                + " -pix_fmt yuv420p -c:v libx264 FILE");
        var form =
                Form.of(
                        Files.readAllBytes(VideoJobs.PHOTOS.resolve("grace_hopper.jpg")),
                        Files.readAllBytes(video));
        var environment = videos.environment("SELF_TEST", "off", "VISIBLE_LABEL", "on");
        var execution = RunningServer.config(environment).execution();
        try (var server =
                RunningServer.start(
                                environment,
                                parts ->
                                        () ->
                                                EnginePlan.of(parts.models(), execution)
                                                        .in(parts.surroundings())
                                                        .open())
                        .awaitReady()) {

            // when
            var id = VideoJobs.accept(server, form);
            await().until(() ->
                    VideoJobs.job(server, id).get("state").asText().equals("succeeded"));

            // then: white on black in the lower right corner, and grey in the other
            var whole = server.ask("/v1/jobs/" + id + "/result").body();
            var result = Files.write(videos.file("result.mp4"), whole);
            assertThat(corner(result, "iw-40:ih-16"))
                    .hasSize(20)
                    .allSatisfy(grey -> {
                        assertThat(grey.getMin()).isLessThan(60);
                        assertThat(grey.getMax()).isGreaterThan(200);
                    });
            assertThat(corner(result, "0:0"))
                    .allSatisfy(grey -> {
                        assertThat(grey.getMin()).isGreaterThan(120);
                        assertThat(grey.getMax()).isLessThan(136);
                    });
            assertThat(MarkReader.read(new ByteArrayInputStream(whole)).toString())
                    .contains("FaceFusion runtime");
        }
    }

    /// How bright 40 x 16 pixels of each frame are.
    private List<IntSummaryStatistics> corner(Path video, String at) throws IOException {
        int bytes = 40 * 16;
        var pixels =
                Files.readAllBytes(
                        Footages.make(
                                videos.file("corner.gray"),
                                "-i %s -vf crop=40:16:%s -f rawvideo -pix_fmt gray FILE"
                                        .formatted(video, at)));
        return IntStream.range(0, pixels.length / bytes)
                .mapToObj(frame ->
                        IntStream.range(frame * bytes, (frame + 1) * bytes)
                                .map(i -> Byte.toUnsignedInt(pixels[i]))
                                .summaryStatistics())
                .toList();
    }

    /// All of them, until the job has ended.
    private static String events(RunningServer server, String id) throws Exception {
        var request =
                HttpRequest.newBuilder(server.api("/v1/jobs/" + id + "/events"))
                        .header("Accept", "text/event-stream")
                        .timeout(Duration.ofMinutes(2))
                        .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}

package dev.facefusion.runtime.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facefusion.runtime.Form;
import dev.facefusion.runtime.engine.Engine;
import dev.facefusion.runtime.engine.EnginePlan;
import dev.facefusion.runtime.engine.video.Footages;
import dev.facefusion.runtime.engine.video.NeedsFfmpeg;
import dev.facefusion.runtime.provenance.MarkReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Videos as jobs over HTTP, with ffmpeg as it is.
@NeedsFfmpeg
@Timeout(180)
class VideoJobsIT {

    private static final Path PHOTOS = Path.of("models/photos");

    private final Path work;
    private final Path folder;

    VideoJobsIT(@TempDir Path work, @TempDir Path folder) {
        this.work = work;
        this.folder = folder;
    }

    @Test
    void swapsAVideoAndHandsItOut() throws Exception {
        // given
        var video =
                Footages.portrait(
                        folder.resolve("target.mp4"),
                        PHOTOS.resolve("astronaut.png"),
                        "320x180",
                        2);
        var form =
                Form.of(
                                Files.readAllBytes(PHOTOS.resolve("grace_hopper.jpg")),
                                Files.readAllBytes(video))
                        .options(
                                "{\"output_video_quality\": 60, \"trim_frame_end\": 40, \"face_tracker_score\": 0.3}");
        var execution = RunningServer.config(environment()).execution();
        try (var server =
                RunningServer.start(
                        environment("SELF_TEST", "off", "AUDIT_LOG", audit().toString()),
                        parts -> () -> EnginePlan.of(parts.models(), execution).open())) {
            server.awaitReady();

            // when
            var id = accept(server, form);
            var events = events(server, id);

            // then: its frames are counted on the way
            assertThat(events.lines().filter(line -> line.startsWith("data:")))
                    .anySatisfy(line ->
                            assertThat(line)
                                    .contains("\"frames_done\":")
                                    .contains("\"frames_total\":40")
                                    .contains("\"frames_per_second\":"));
            var job = job(server, id);
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
            var result = Files.write(folder.resolve("result.mp4"), whole.body());
            assertThat(Footages.told(result, "v", "codec_name,nb_read_frames"))
                    .isEqualTo("h264,40");
            assertThat(Footages.told(result, "a", "codec_name")).startsWith("aac");
            try (var file = Files.newInputStream(result)) {
                assertThat(MarkReader.read(file).toString()).contains("FaceFusion runtime");
            }

            // then: parts of it can be had
            parts(server, id, whole.body());

            // then: the audit log knows what came of it
            assertThat(audit())
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
        problem(beyond, 416, "beyond-the-end");
        assertThat(beyond.headers().firstValue("Content-Range"))
                .hasValue("bytes */" + whole.length);
    }

    @Test
    void tellsWhoWaitsForAVideoToSendAJob() throws Exception {
        // given
        try (var server = start(FakeEngine.warm())) {

            // when
            var response = server.swap(form(clip("")));

            // then
            problem(response, 415, "video-needs-job");
            assertThat(RunningServer.json(response).get("remedy").asText())
                    .contains("POST /v1/jobs");
        }
    }

    @Test
    void servesPicturesWhereThereIsNoFfmpeg() throws Exception {
        // given
        var engine = FakeEngine.warm();
        try (var server = start(engine, "PATH", folder.toString())) {

            // when
            var response = server.postJob(form(clip("")));

            // then
            problem(response, 415, "videos-not-served");
            engine.mayFinish.release();
            assertThat(server.swap(Form.of("face", "picture")).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void saysWhichLimitAVideoExceeds() throws Exception {
        // given
        try (var server = start(FakeEngine.warm(), "VIDEO_MAX_SECONDS", "1")) {
            var seconds = clip("");

            // then
            var tooLong = failed(server, accept(server, form(seconds)));
            assertThat(tooLong.get("type").asText()).endsWith(":video-too-large");
            assertThat(tooLong.get("detail").asText()).contains("longer than");
        }
        try (var server = start(FakeEngine.warm(), "VIDEO_MAX_MEGAPIXELS", "1")) {
            var form = form(clip("")).options("{\"output_video_scale\": 8}");

            // then: 2560 x 1920 would be five
            var large = failed(server, accept(server, form));
            assertThat(large.get("type").asText()).endsWith(":video-too-large");
            assertThat(large.get("detail").asText()).contains("2560 x 1920", "1000000 pixels");
        }
    }

    @Test
    void saysWhatOfAVideoWasNotKept() throws Exception {
        // given
        var video = clip("-vf scale=321:241 -pix_fmt yuv444p");
        try (var server = start(FakeEngine.busy((_, _) -> {}))) {

            // when
            var id = accept(server, form(video));
            await().until(() -> job(server, id).get("state").asText().equals("succeeded"));

            // then
            assertThat(job(server, id).at("/result/alterations"))
                    .extracting(JsonNode::asText)
                    .containsExactly("reduced_chroma", "cropped");
        }
    }

    @Test
    void takesTheSoundFromAmongTheSources() throws Exception {
        // given
        var sound =
                Footages.make(
                        folder.resolve("tone.mp3"), "-f lavfi -i sine=880:duration=1 -ac 2 FILE");
        var form = form(clip("")).part("source", Files.readAllBytes(sound));
        try (var server = start(FakeEngine.busy((_, _) -> {}))) {

            // when
            var id = accept(server, form);
            await().until(() -> job(server, id).get("state").asText().equals("succeeded"));

            // then
            var result = server.ask("/v1/jobs/" + id + "/result");
            var video = Files.write(folder.resolve("result.mp4"), result.body());
            assertThat(Footages.told(video, "a", "codec_name,channels")).isEqualTo("mp3,2");
        }
    }

    @Test
    void failsABrokenVideoWithoutSayingWhereItLies() throws Exception {
        // given: whole boxes without an index
        var video = clip("-movflags -faststart");
        var broken = Arrays.copyOf(Files.readAllBytes(video), (int) Files.size(video) / 2);
        try (var server = start(FakeEngine.warm())) {

            // when
            var problem = failed(server, accept(server, Form.of("face".getBytes(UTF_8), broken)));

            // then
            assertThat(problem.get("type").asText()).endsWith(":unsupported-video");
            assertThat(problem.get("detail").asText()).doesNotContain(work.toString());
        }
    }

    @Test
    void leavesNothingOfACancelledVideo() throws Exception {
        // given
        var engine = FakeEngine.obedient();
        try (var server = start(engine)) {
            var id = accept(server, form(clip("")));
            engine.started.acquire();
            assertThat(children()).isNotEmpty();

            // when
            var deleted =
                    server.send(
                            HttpRequest.newBuilder(server.api("/v1/jobs/" + id)).DELETE().build());

            // then
            assertThat(RunningServer.json(deleted).get("state").asText()).isEqualTo("cancelled");
            await().until(() -> children().isEmpty());
            await().until(() -> Files.notExists(files(id)));
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
                        children().forEach(ProcessHandle::destroyForcibly);
                    }
                });
        try (var server = start(engine)) {

            // when
            var problem = failed(server, accept(server, form(clip(""))));

            // then
            assertThat(problem.get("type").asText()).endsWith(":video-failed");
            assertThat(problem.get("detail").asText()).contains("137");
            var next = accept(server, form(clip("")));
            await().until(() -> job(server, next).get("state").asText().equals("succeeded"));
            assertThat(server.get("/health").statusCode()).isEqualTo(200);
            assertThat(server.health().get("status").asText()).isEqualTo("healthy");
        }
    }

    @Test
    void runsAVideoAgainThatTheDrainDidNotWaitFor() throws Exception {
        // given
        String id;
        var engine = FakeEngine.obedient();
        try (var server = start(engine, "DRAIN_TIMEOUT_SECONDS", "1")) {
            id = accept(server, form(clip("")));
            engine.started.acquire();

            // when
            assertThat(server.drain()).isFalse();

            // then
            assertThat(children()).isEmpty();
        }
        try (var server = start(FakeEngine.busy((_, _) -> {}))) {
            await().until(() -> job(server, id).get("state").asText().equals("succeeded"));
            assertThat(job(server, id).get("attempts").asInt()).isEqualTo(2);
            assertThat(files(id)).isDirectoryContaining("glob:**/result");
            try (var left = Files.list(files(id))) {
                assertThat(left).hasSize(1);
            }
        }
    }

    @Test
    void isStalledWhenAVideoHangsAndOnlyThen() throws Exception {
        // given: an engine that waits in its first frame
        var pace = new Semaphore(0);
        var engine = FakeEngine.busy((_, _) -> pace.acquireUninterruptibly());
        try (var server = start(engine, "STALL_THRESHOLD_SECONDS", "1")) {
            var id = accept(server, form(clip("")));
            engine.started.acquire();

            // when: nothing moves
            await().until(() -> server.health().get("status").asText().equals("stalled"));

            // then: it does again
            pace.release(1000);
            await().until(() -> job(server, id).get("state").asText().equals("succeeded"));
            await().until(() -> server.health().get("status").asText().equals("healthy"));
        }
    }

    @Test
    void labelsEveryFrameWhereThatIsAskedFor() throws Exception {
        // given: half grey, and nobody in it
        var video =
                Footages.make(
                        folder.resolve("grey.mp4"),
                        "-f lavfi -i color=gray:size=320x180:rate=10:duration=2"
                                + " -pix_fmt yuv420p -c:v libx264 FILE");
        var form =
                Form.of(
                        Files.readAllBytes(PHOTOS.resolve("grace_hopper.jpg")),
                        Files.readAllBytes(video));
        var environment = environment("SELF_TEST", "off", "VISIBLE_LABEL", "on");
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
            var id = accept(server, form);
            await().until(() -> job(server, id).get("state").asText().equals("succeeded"));

            // then: white on black in the lower right corner, and grey in the other
            var whole = server.ask("/v1/jobs/" + id + "/result").body();
            var result = Files.write(folder.resolve("result.mp4"), whole);
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
                                folder.resolve("corner.gray"),
                                "-i %s -vf crop=40:16:%s -f rawvideo -pix_fmt gray FILE"
                                        .formatted(video, at)));
        return IntStream.range(0, pixels.length / bytes)
                .mapToObj(frame ->
                        IntStream.range(frame * bytes, (frame + 1) * bytes)
                                .map(i -> Byte.toUnsignedInt(pixels[i]))
                                .summaryStatistics())
                .toList();
    }

    @Test
    void endsAVideoAtItsDeadlineAndLeavesNothingOfIt() throws Exception {
        // given: an engine that does not end by itself
        try (var server = start(FakeEngine.obedient())) {

            // when
            var accepted = server.postJob(form(clip("")), "X-Deadline-Ms", "3000");
            var id = RunningServer.json(accepted).get("id").asText();

            // then
            var problem = failed(server, id);
            assertThat(problem.get("type").asText()).endsWith(":timed-out");
            assertThat(problem.get("detail").asText()).contains("3000 ms");
            await().until(() -> children().isEmpty());
            await().until(() -> Files.notExists(files(id)));
            await().until(() -> server.health().get("tasks_in_flight").asInt() == 0);
            problem(server.ask("/v1/jobs/" + id + "/result"), 409, "job-without-result");
        }
    }

    @Test
    void refusesADeadlineThatIsNone() throws Exception {
        try (var server = start(FakeEngine.warm())) {
            problem(server.postJob(form(clip("")), "X-Deadline-Ms", "0"), 400, "bad-header");
        }
    }

    @Test
    void takesNoVideoWithoutConsentWhereThatIsRequired() throws Exception {
        // given
        var form =
                new Form()
                        .part("source", "face".getBytes(UTF_8))
                        .part("target", Files.readAllBytes(clip("")));
        try (var server = start(FakeEngine.warm(), "AUDIT_LOG", audit().toString())) {

            // when
            var response = server.postJob(form);

            // then
            problem(response, 400, "consent-required");
            assertThat(work.resolve("jobs/files")).isEmptyDirectory();
            assertThat(audit()).isEmptyFile();
        }
        var engine = FakeEngine.busy((_, _) -> {});
        try (var server = start(engine, "CONSENT", "optional", "AUDIT_LOG", audit().toString())) {
            var id = accept(server, form);
            await().until(() -> job(server, id).get("state").asText().equals("succeeded"));
            assertThat(audit()).content().contains("\"outcome\":\"swapped\"");
        }
    }

    private Map<String, String> environment(String... settings) {
        var environment = new TreeMap<String, String>();
        environment.put("WORK_DIR", work.toString());
        environment.put("PATH", Footages.SEARCH_PATH);
        for (int i = 0; i < settings.length; i += 2) {
            environment.put(settings[i], settings[i + 1]);
        }
        return environment;
    }

    private RunningServer start(Engine engine, String... settings) {
        return RunningServer.start(environment(settings), engine).awaitReady();
    }

    /// Two seconds of 320 x 240 with a tone.
    private Path clip(String options) {
        return Footages.make(
                folder.resolve("clip.mp4"),
                ("-f lavfi -i testsrc2=size=320x240:rate=25:duration=2 -f lavfi -i sine=440:duration=2"
                                + " -pix_fmt yuv420p -c:v libx264 -preset ultrafast -c:a aac "
                                + options
                                + " FILE")
                        .replace("  ", " "));
    }

    private static Form form(Path video) throws IOException {
        return Form.of("face".getBytes(UTF_8), Files.readAllBytes(video));
    }

    private Path audit() {
        return folder.resolve("audit.jsonl");
    }

    private Path files(String id) {
        return work.resolve("jobs/files").resolve(id);
    }

    private static List<ProcessHandle> children() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("ffmpeg"))
                .toList();
    }

    private static String accept(RunningServer server, Form form) throws Exception {
        var response = server.postJob(form);
        assertThat(response.statusCode()).as(new String(response.body(), UTF_8)).isEqualTo(202);
        return RunningServer.json(response).get("id").asText();
    }

    private static JsonNode job(RunningServer server, String id) throws Exception {
        return RunningServer.json(server.ask("/v1/jobs/" + id));
    }

    private static JsonNode failed(RunningServer server, String id) throws Exception {
        await().until(() -> job(server, id).get("state").asText().equals("failed"));
        return job(server, id).get("problem");
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

    private static void problem(HttpResponse<byte[]> response, int status, String kind)
            throws IOException {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(RunningServer.json(response).get("type").asText())
                .isEqualTo("urn:facefusion:problem:" + kind);
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}

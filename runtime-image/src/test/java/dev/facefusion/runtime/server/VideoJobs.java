package dev.facefusion.runtime.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facefusion.runtime.Form;
import dev.facefusion.runtime.engine.Engine;
import dev.facefusion.runtime.engine.video.Footages;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What tests of video jobs have in common: a server's folder, one for the test's own files, and
/// short ways to send a video and to hear of it.
record VideoJobs(Path work, Path folder) {

    static final Path PHOTOS = Path.of("models/photos");

    /// One of the test's own files.
    Path file(String name) {
        return folder.resolve(name);
    }

    Map<String, String> environment(String... settings) {
        var environment = new TreeMap<String, String>();
        environment.put("WORK_DIR", work.toString());
        environment.put("PATH", Footages.SEARCH_PATH);
        for (int i = 0; i < settings.length; i += 2) {
            environment.put(settings[i], settings[i + 1]);
        }
        return environment;
    }

    RunningServer start(Engine engine, String... settings) {
        return RunningServer.start(environment(settings), engine).awaitReady();
    }

    /// Two seconds of 320 x 240 with a tone.
    Path clip(String options) {
        return Footages.make(
                folder.resolve("clip.mp4"),
                ("-f lavfi -i testsrc2=size=320x240:rate=25:duration=2 -f lavfi -i sine=440:duration=2"
                                + " -pix_fmt yuv420p -c:v libx264 -preset ultrafast -c:a aac "
                                + options
                                + " FILE")
                        .replace("  ", " "));
    }

    static Form form(Path video) throws IOException {
        return Form.of("face".getBytes(UTF_8), Files.readAllBytes(video));
    }

    Path audit() {
        return folder.resolve("audit.jsonl");
    }

    Path files(String id) {
        return work.resolve("jobs/files").resolve(id);
    }

    static List<ProcessHandle> children() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("ffmpeg"))
                .toList();
    }

    static String accept(RunningServer server, Form form) throws Exception {
        var response = server.postJob(form);
        assertThat(response.statusCode()).as(new String(response.body(), UTF_8)).isEqualTo(202);
        return RunningServer.json(response).get("id").asText();
    }

    static JsonNode job(RunningServer server, String id) throws Exception {
        return RunningServer.json(server.ask("/v1/jobs/" + id));
    }

    static JsonNode failed(RunningServer server, String id) throws Exception {
        await().until(() -> job(server, id).get("state").asText().equals("failed"));
        return job(server, id).get("problem");
    }

    static void problem(HttpResponse<byte[]> response, int status, String kind) throws IOException {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(RunningServer.json(response).get("type").asText())
                .isEqualTo("urn:facefusion:problem:" + kind);
    }
}

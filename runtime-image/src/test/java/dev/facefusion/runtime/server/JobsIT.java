package dev.facefusion.runtime.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facefusion.runtime.Form;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Jobs over HTTP, with an engine whose tasks end when the test says so.
@Timeout(120)
class JobsIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path work;
    private final FakeEngine engine = FakeEngine.warm();

    JobsIT(@TempDir Path work) {
        this.work = work;
    }

    /// One server-sent event; a comment has only a text.
    private record Event(String name, String id, String data) {

        private JsonNode job() throws IOException {
            return JSON.readTree(data);
        }
    }

    @Test
    void carriesAJobOut() throws Exception {
        // given
        try (var server = start()) {

            // when
            var accepted = post(server, Form.of("face", "picture"));

            // then
            assertThat(accepted.statusCode()).isEqualTo(202);
            var id = RunningServer.json(accepted).get("id").asText();
            assertThat(accepted.headers().firstValue("Location")).hasValue("/v1/jobs/" + id);
            engine.started.acquire();
            await().until(() -> state(server, id).equals("running"));
            problem(get(server, "/v1/jobs/" + id + "/result"), 409, "job-not-finished");

            // when
            engine.mayFinish.release();

            // then
            await().until(() -> state(server, id).equals("succeeded"));
            var job = RunningServer.json(get(server, "/v1/jobs/" + id));
            assertThat(job.fieldNames())
                    .toIterable()
                    .containsExactly(
                            "id",
                            "state",
                            "priority",
                            "created_at",
                            "started_at",
                            "finished_at",
                            "expires_at",
                            "attempts",
                            "progress",
                            "result");
            assertThat(job.get("priority").asText()).isEqualTo("batch");
            assertThat(job.get("attempts").asInt()).isEqualTo(1);
            var result = get(server, job.get("result").get("href").asText());
            assertThat(result.statusCode()).isEqualTo(200);
            assertThat(result.body()).asString().isEqualTo("picture");
            assertThat(result.headers().firstValue("Content-Type")).hasValue("image/png");

            // when
            var deleted = send(server, request(server, "/v1/jobs/" + id).DELETE());

            // then
            assertThat(deleted.statusCode()).isEqualTo(200);
            assertThat(RunningServer.json(deleted).has("result")).isFalse();
            problem(get(server, "/v1/jobs/" + id + "/result"), 410, "result-expired");
            assertThat(send(server, request(server, "/v1/jobs/" + id).DELETE()).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void saysWhatIsWrongWithAJobThatFailed() throws Exception {
        // given
        engine.mayFinish.release();
        try (var server = start()) {

            // when
            var id = accept(server, Form.of("defect", "picture"));

            // then
            await().until(() -> state(server, id).equals("failed"));
            var problem = RunningServer.json(get(server, "/v1/jobs/" + id)).get("problem");
            assertThat(problem.get("type").asText()).isEqualTo("urn:facefusion:problem:defect");
            problem(get(server, "/v1/jobs/" + id + "/result"), 409, "job-without-result");
        }
    }

    @Test
    void cancelsAJobThatRuns() throws Exception {
        // given
        try (var server = start()) {
            var id = accept(server, Form.of("face", "picture"));
            engine.started.acquire();

            // when
            var deleted = send(server, request(server, "/v1/jobs/" + id).DELETE());
            engine.mayFinish.release();

            // then
            assertThat(RunningServer.json(deleted).get("state").asText()).isEqualTo("cancelled");
            await().until(() -> server.health().get("tasks_in_flight").asInt() == 0);
            assertThat(state(server, id)).isEqualTo("cancelled");
        }
    }

    @Test
    void startsOneJobForOneKey() throws Exception {
        // given
        try (var server = start()) {
            var first = post(server, Form.of("face", "picture"), "Idempotency-Key", "k1");

            // when
            var same = post(server, Form.of("face", "picture"), "Idempotency-Key", "k1");
            var other = post(server, Form.of("face", "another"), "Idempotency-Key", "k1");
            var bad = post(server, Form.of("face", "picture"), "Idempotency-Key", "k 1");

            // then
            assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
            assertThat(same.statusCode()).isEqualTo(202);
            assertThat(same.headers().firstValue("Idempotent-Replayed")).hasValue("true");
            assertThat(same.headers().firstValue("Location"))
                    .isEqualTo(first.headers().firstValue("Location"));
            problem(other, 422, "idempotency-key-reused");
            assertThat(bad.statusCode()).isEqualTo(400);
            engine.mayFinish.release();
        }
    }

    @Test
    void showsNobodyElseAJob() throws Exception {
        // given
        try (var server = start();
                var stranger =
                        HttpClient.newBuilder()
                                .localAddress(InetAddress.getByName("127.0.0.2"))
                                .build()) {
            var id = accept(server, Form.of("face", "picture"));

            for (var path : List.of("", "/result", "/events")) {
                // when
                var response =
                        stranger.send(
                                request(server, "/v1/jobs/" + id + path).build(),
                                BodyHandlers.ofByteArray());

                // then
                problem(response, 404, "no-such-job");
            }
            engine.mayFinish.release();
        }
    }

    @Test
    void refusesPicturesThatTheDiskBudgetDoesNotHold() throws Exception {
        // given
        try (var server = start("JOB_DISK_MEGABYTES", "1")) {

            // when
            var response = post(server, Form.of("face", "x".repeat(2 * 1024 * 1024)));

            // then
            problem(response, 507, "jobs-full");
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
        }
    }

    @Test
    void streamsAJobToItsEnd() throws Exception {
        // given
        try (var server = start()) {
            var id = accept(server, Form.of("face", "picture"));
            engine.started.acquire();
            engine.mayFinish.release();

            // when
            var events = events(server, id, "0");

            // then
            assertThat(events).extracting(Event::name).containsOnly("job");
            assertThat(events.stream().map(event -> Long.parseLong(event.id())).toList())
                    .isSorted()
                    .doesNotHaveDuplicates();
            var last = events.getLast();
            assertThat(last.job().get("state").asText()).isEqualTo("succeeded");

            // then: nothing older again, and nothing at all after the end
            assertThat(stream(server, id, last.id()).statusCode()).isEqualTo(204);
            if (events.size() > 1) {
                assertThat(events(server, id, events.getFirst().id())).containsExactly(last);
            }
        }
    }

    @Test
    void tellsWhoFollowsAJobThatTheServerEnds() throws Exception {
        // given
        String id;
        String seen;
        try (var server = start()) {
            accept(server, Form.of("face", "first"));
            engine.started.acquire();
            id = accept(server, Form.of("face", "second"));
            var stream = stream(server, id, "0");
            try (var lines = lines(stream)) {
                var first = next(lines);
                assertThat(first.job().get("state").asText()).isEqualTo("queued");
                assertThat(first.job().get("position").asInt()).isZero();
                seen = first.id();

                // when
                var drained = CompletableFuture.runAsync(server::drain);
                await().until(() -> server.health().get("draining").asBoolean());
                engine.mayFinish.release(); // not before: the second job would begin
                drained.join();

                // then
                var rest = rest(lines);
                assertThat(rest.getLast().name()).isEqualTo("closing");
            }
        }

        // when
        engine.mayFinish.release();
        try (var server = start()) {

            // then
            var events = events(server, id, seen);
            assertThat(events.getLast().job().get("state").asText()).isEqualTo("succeeded");
            assertThat(events.stream().map(event -> Long.parseLong(event.id())).toList())
                    .isSorted()
                    .allSatisfy(event -> assertThat(event).isGreaterThan(Long.parseLong(seen)));
            assertThat(get(server, "/v1/jobs/" + id + "/result").body())
                    .asString()
                    .isEqualTo("second");
        }
    }

    @Test
    void isNotHeldUpByAReaderThatReadsNothing() throws Exception {
        // given
        try (var server = start();
                var socket = new Socket(InetAddress.getLoopbackAddress(), server.apiPort())) {
            var id = accept(server, Form.of("face", "picture"));
            socket.getOutputStream()
                    .write(
                            "GET /v1/jobs/%s/events HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n"
                                    .formatted(id)
                                    .getBytes(US_ASCII));

            // when
            engine.mayFinish.release();

            // then
            await().until(() -> state(server, id).equals("succeeded"));
        }
    }

    @Test
    void letsOnlySoManyFollowEvents() throws Exception {
        // given
        try (var server = start("JOB_EVENT_STREAMS", "1")) {
            var id = accept(server, Form.of("face", "picture"));
            try (var lines = lines(stream(server, id, "0"))) {
                next(lines);

                // when
                var second = stream(server, id, "0");

                // then
                assertThat(second.statusCode()).isEqualTo(429);
                engine.mayFinish.release();
                rest(lines);
            }
            await().until(() -> stream(server, id, "0").statusCode() == 200);
        }
    }

    @Test
    void streamsOnlyToWhoTakesAStream() throws Exception {
        // given
        try (var server = start()) {
            var id = accept(server, Form.of("face", "picture"));

            // when
            var response =
                    send(
                            server,
                            request(server, "/v1/jobs/" + id + "/events")
                                    .header("Accept", "application/json"));

            // then
            problem(response, 406, "not-acceptable");
            engine.mayFinish.release();
        }
    }

    private RunningServer start(String... setting) {
        var environment =
                setting.length == 0
                        ? Map.of("WORK_DIR", work.toString())
                        : Map.of("WORK_DIR", work.toString(), setting[0], setting[1]);
        return RunningServer.start(environment, engine).awaitReady();
    }

    private static HttpResponse<byte[]> post(RunningServer server, Form form, String... headers)
            throws Exception {
        var request =
                request(server, "/v1/jobs")
                        .header("Content-Type", Form.CONTENT_TYPE)
                        .POST(BodyPublishers.ofByteArray(form.bytes()));
        return send(server, headers.length == 0 ? request : request.headers(headers));
    }

    private static String accept(RunningServer server, Form form) throws Exception {
        var response = post(server, form);
        assertThat(response.statusCode()).isEqualTo(202);
        return RunningServer.json(response).get("id").asText();
    }

    private static String state(RunningServer server, String id) throws Exception {
        return RunningServer.json(get(server, "/v1/jobs/" + id)).get("state").asText();
    }

    private static HttpRequest.Builder request(RunningServer server, String path) {
        return HttpRequest.newBuilder(server.api(path));
    }

    private static HttpResponse<byte[]> get(RunningServer server, String path) throws Exception {
        return send(server, request(server, path));
    }

    private static HttpResponse<byte[]> send(RunningServer server, HttpRequest.Builder request)
            throws Exception {
        return server.send(request.build());
    }

    private static void problem(HttpResponse<byte[]> response, int status, String kind)
            throws IOException {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(RunningServer.json(response).get("type").asText())
                .isEqualTo("urn:facefusion:problem:" + kind);
    }

    private static HttpResponse<InputStream> stream(
            RunningServer server, String id, String lastEventId) throws Exception {
        var client = HttpClient.newHttpClient();
        return client.send(
                request(server, "/v1/jobs/" + id + "/events")
                        .header("Accept", "text/event-stream")
                        .header("Last-Event-ID", lastEventId)
                        .build(),
                BodyHandlers.ofInputStream());
    }

    private static List<Event> events(RunningServer server, String id, String lastEventId)
            throws Exception {
        try (var lines = lines(stream(server, id, lastEventId))) {
            return rest(lines);
        }
    }

    private static BufferedReader lines(HttpResponse<InputStream> stream) {
        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(stream.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        return new BufferedReader(new InputStreamReader(stream.body(), UTF_8));
    }

    private static List<Event> rest(BufferedReader lines) throws IOException {
        var events = new ArrayList<Event>();
        for (var event = next(lines); !event.name().isEmpty(); event = next(lines)) {
            events.add(event);
        }
        return events;
    }

    /// The next event; one without a name at the end of the stream.
    private static Event next(BufferedReader lines) throws IOException {
        var name = "";
        var id = "";
        var data = "";
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("event:")) {
                name = line.substring("event:".length()).strip();
            } else if (line.startsWith("id:")) {
                id = line.substring("id:".length()).strip();
            } else if (line.startsWith("data:")) {
                data = line.substring("data:".length()).strip();
            } else if (line.isEmpty() && !name.isEmpty()) {
                break;
            }
        }
        return new Event(name, id, data);
    }
}

package dev.facefusion.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.facefusion.runtime.Form;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a probe or gateway of the Open Inference Protocol sees, through the server's life.
@Timeout(60)
class OpenInferenceIT {

    // The engine of these tests holds this one only.
    private static final String USED = "/v2/models/blazeface_back_256/ready";
    private static final String UNUSED = "/v2/models/facemesh_468/ready";

    @Test
    void isLiveAndNotReadyWhileItWarmsUp() throws Exception {
        // given
        var engine = FakeEngine.cold();
        try (var server = RunningServer.start(Map.of(), engine)) {
            await().until(() -> text(get(server, "/v2/models")).contains("blazeface_back_256"));

            // then
            assertAnswers(server, "/v2/health/live", 200, "{\"live\":true}");
            assertAnswers(server, "/v2/health/ready", 503, "{\"ready\":false}");
            assertAnswers(server, USED, 503, "{\"name\":\"blazeface_back_256\",\"ready\":false}");

            // when
            engine.mayWarmUp.countDown();
            server.awaitReady();

            // then
            assertAnswers(server, "/v2/health/ready", 200, "{\"ready\":true}");
            assertAnswers(server, USED, 200, "{\"name\":\"blazeface_back_256\",\"ready\":true}");
            assertAnswers(server, UNUSED, 503, "{\"name\":\"facemesh_468\",\"ready\":false}");
        }
    }

    @Test
    void isNotReadyWhileItDrains() throws Exception {
        // given
        var engine = FakeEngine.warm();
        try (var server = RunningServer.start(Map.of(), engine).awaitReady()) {
            var running = server.swapLater(Form.of("a", "b"));
            engine.started.acquire();

            // when
            var drain = Thread.ofVirtual().start(server::drain);
            await().until(() -> get(server, "/v2/health/ready").statusCode() == 503);

            // then
            assertAnswers(server, "/v2/health/live", 200, "{\"live\":true}");
            assertThat(get(server, USED).statusCode()).isEqualTo(503);
            engine.mayFinish.release();
            assertThat(running.join().statusCode()).isEqualTo(200);
            drain.join();
        }
    }

    @Test
    void saysWhatItIsAndWhichModelsItHas() throws Exception {
        // given
        try (var server = RunningServer.start(Map.of(), FakeEngine.warm()).awaitReady()) {

            // then
            var metadata = RunningServer.json(get(server, "/v2"));
            assertThat(metadata.get("name").asText()).isEqualTo("facefusion-runtime");
            assertThat(metadata.get("extensions")).isEmpty();
            assertThat(RunningServer.json(get(server, "/v2/models")).get("models"))
                    .extracting(Object::toString)
                    .contains("\"blazeface_back_256\"", "\"facemesh_468\"");
            var unknown = get(server, "/v2/models/inswapper_128/ready");
            assertThat(unknown.statusCode()).isEqualTo(404);
            assertThat(text(unknown)).contains("urn:facefusion:problem:no-such-model");
        }
    }

    private static void assertAnswers(RunningServer server, String path, int status, String body)
            throws Exception {
        var response = get(server, path);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(text(response)).isEqualTo(body);
    }

    private static HttpResponse<byte[]> get(RunningServer server, String path) throws Exception {
        return server.send(HttpRequest.newBuilder(server.api(path)).build());
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}

package dev.facefusion.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facefusion.runtime.Form;
import dev.facefusion.runtime.engine.EnginePlan;
import dev.facefusion.runtime.engine.ModelDemand;
import dev.facefusion.runtime.engine.Reference;
import dev.facefusion.runtime.engine.video.Footages;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The marks of what the server makes, and how it reads them back.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerifyIT {

    private static final byte[] PHOTO = Reference.photo("grace_hopper.jpg");

    private RunningServer server = startServer();

    private static RunningServer startServer() {
        var environment = Map.of("PROVENANCE_PRODUCER", "Studio A", "PATH", Footages.SEARCH_PATH);
        var execution = RunningServer.config(environment).execution();
        return RunningServer.start(
                environment,
                parts ->
                        new EnginePlan(
                                        parts.models(),
                                        execution,
                                        parts.surroundings(),
                                        ModelDemand.preferred())
                                ::open);
    }

    @BeforeAll
    void awaitReady() {
        server.awaitReady();
    }

    @AfterAll
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"png", "jpeg", "webp", "tiff"})
    void readsTheMarksOfItsOwnPictures(String format) throws Exception {
        // given
        var form =
                Form.of(PHOTO, Reference.photo("astronaut.png"))
                        .options("{\"output_format\": \"%s\"}".formatted(format));
        var swapped = server.swap(form);
        var requestId = swapped.headers().firstValue("X-Request-Id").orElseThrow();

        // when
        var report = json(verify(new Form().part("file", swapped.body())), 200);

        // then
        assertThat(report.get("marked").asBoolean()).isTrue();
        assertThat(report.get("digital_source_type").asText())
                .isEqualTo(
                        "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia");
        assertThat(report.get("producer").asText()).isEqualTo("Studio A");
        assertThat(report.at("/marks/0/kind").asText()).isEqualTo("xmp");
        assertThat(report.at("/marks/1/kind").asText()).isEqualTo("aigc");
        assertThat(report.at("/marks/1/produce_id").asText()).isEqualTo(requestId);
        assertThat(new String(server.get("/metrics").body(), StandardCharsets.UTF_8))
                .containsPattern("fusion_marking_total\\{kind=\"aigc\"\\} [1-9]");
    }

    @Test
    void saysThatAPhotoHasNoMarks() throws Exception {
        // when
        var report = json(verify(new Form().part("file", PHOTO)), 200);

        // then
        assertThat(report).hasToString("{\"marked\":false,\"marks\":[]}");
    }

    @ParameterizedTest
    @CsvSource({
        "file,'',422,empty-image",
        "file,text,415,unsupported-image",
        "picture,text,400,unknown-part",
        "none,'',400,missing-part"
    })
    void refusesABadForm(String part, String content, int status, String type) throws Exception {
        // given
        var form = new Form();
        if (!part.equals("none")) {
            form.part(part, content.getBytes(StandardCharsets.UTF_8));
        }

        // when
        var problem = json(verify(form), status);

        // then
        assertThat(problem.get("type").asText()).isEqualTo("urn:facefusion:problem:" + type);
    }

    @Test
    void refusesTwoFiles() throws Exception {
        // when
        var problem = json(verify(new Form().part("file", PHOTO).part("file", PHOTO)), 400);

        // then
        assertThat(problem.get("type").asText()).endsWith(":repeated-part");
    }

    private HttpResponse<byte[]> verify(Form form) throws Exception {
        return server.send(
                HttpRequest.newBuilder(server.api("/v1/verify"))
                        .header("Content-Type", Form.CONTENT_TYPE)
                        .POST(BodyPublishers.ofByteArray(form.bytes()))
                        .build());
    }

    private static JsonNode json(HttpResponse<byte[]> response, int status) throws Exception {
        assertThat(response.statusCode()).isEqualTo(status);
        return RunningServer.json(response);
    }
}

package dev.facefusion.runtime.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facefusion.runtime.Form;
import dev.facefusion.runtime.Zeros;
import dev.facefusion.runtime.engine.EnginePlan;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a client can do wrong, against the real engine. After each, the server swaps as before.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {

    private static final long HUGE = 200L * 1024 * 1024;
    private static final byte[] SOURCE = photo("grace_hopper.jpg");
    private static final byte[] TARGET = photo("astronaut.png");

    private RunningServer server = startServer();

    private static RunningServer startServer() {
        var execution = RunningServer.config(Map.of()).execution();
        return RunningServer.start(
                Map.of(), parts -> () -> EnginePlan.of(parts.models(), execution).open());
    }

    @BeforeAll
    void awaitReady() {
        server.awaitReady();
    }

    @AfterAll
    void close() {
        server.close();
    }

    @AfterEach
    void swapsAsBefore() throws Exception {
        assertThat(server.get("/ready").statusCode()).isEqualTo(200);
        await().until(() -> server.health().get("tasks_in_flight").asInt() == 0);
        assertThat(server.health().get("status").asText()).isEqualTo("healthy");
        assertThat(server.health().get("tasks_failed_total").asInt()).isZero();
        var response = server.swap(Form.of(SOURCE, TARGET));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("image/png");
    }

    record Bad(String name, Form form, int status, String type) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Bad> badForms() throws IOException {
        var half = Arrays.copyOf(SOURCE, SOURCE.length / 2);
        var text = "this is not an image".getBytes(UTF_8);
        return Stream.of(
                new Bad("text as source", Form.of(text, TARGET), 415, "unsupported-image"),
                new Bad("text as target", Form.of(SOURCE, text), 415, "unsupported-image"),
                new Bad("empty source", Form.of(new byte[0], TARGET), 422, "empty-image"),
                new Bad("empty target", Form.of(SOURCE, new byte[0]), 422, "empty-image"),
                new Bad("truncated JPEG", Form.of(half, TARGET), 422, "truncated-image"),
                new Bad(
                        "PNG that claims 20,000 x 20,000",
                        Form.of(SOURCE, pngHeader(20_000, 20_000)),
                        413,
                        "image-too-large"),
                new Bad("source without a face", Form.of(grey(), TARGET), 422, "no-face"),
                new Bad("target without a face", Form.of(SOURCE, grey()), 422, "no-face"),
                new Bad(
                        "two targets",
                        Form.of(SOURCE, TARGET).part("target", TARGET),
                        400,
                        "repeated-part"),
                new Bad("no target", new Form().part("source", SOURCE), 400, "missing-part"),
                new Bad("no part", new Form(), 400, "missing-part"),
                new Bad(
                        "no consent",
                        new Form().part("source", SOURCE).part("target", TARGET),
                        400,
                        "consent-required"),
                new Bad(
                        "unknown part",
                        Form.of(SOURCE, TARGET).part("sauce", SOURCE),
                        400,
                        "unknown-part"),
                new Bad(
                        "unknown option",
                        Form.of(SOURCE, TARGET).options("{\"sharpness\": 1}"),
                        400,
                        "unknown-option"),
                new Bad(
                        "model that is not there",
                        Form.of(SOURCE, TARGET).options("{\"face_swapper_model\": \"x\"}"),
                        422,
                        "option-unavailable"),
                new Bad(
                        "option out of range",
                        Form.of(SOURCE, TARGET).options("{\"blend_ratio\": 2}"),
                        400,
                        "bad-option"),
                new Bad(
                        "options that are no JSON",
                        Form.of(SOURCE, TARGET).options("blend_ratio=1"),
                        400,
                        "bad-option"));
    }

    @ParameterizedTest
    @MethodSource("badForms")
    void refusesABadForm(Bad bad) throws Exception {
        // when
        var response = server.swap(bad.form());

        // then
        assertThat(problem(response, bad.status()).get("type").asText())
                .isEqualTo("urn:facefusion:problem:" + bad.type());
    }

    @Test
    void refusesAFormThatEndsEarly() throws Exception {
        // given
        var body = Form.of(SOURCE, TARGET).bytes();

        // when
        var response =
                post(
                        Form.CONTENT_TYPE,
                        BodyPublishers.ofByteArray(Arrays.copyOf(body, body.length - 100)));

        // then
        problem(response, 400);
    }

    @Test
    void refusesABodyThatIsNoForm() throws Exception {
        // when
        var response = post("application/json", BodyPublishers.ofString("{}"));

        // then
        problem(response, 415);
    }

    @Test
    void refusesAFormWithoutABoundary() throws Exception {
        // when
        var response = post("multipart/form-data", BodyPublishers.ofString("{}"));

        // then
        problem(response, 415);
    }

    @Test
    void refusesAnotherMethod() throws Exception {
        // when
        var response = server.send(HttpRequest.newBuilder(server.api("/v1/swap")).build());

        // then
        problem(response, 405);
        assertThat(response.headers().firstValue("Allow")).hasValue("POST");
    }

    @Test
    void refusesAnUnknownPath() throws Exception {
        // when
        var response = server.send(HttpRequest.newBuilder(server.api("/v2/swap?x=1")).build());

        // then
        problem(response, 404);
    }

    @Test
    void refusesAHugeBodyOfKnownLength() throws Exception {
        // when
        var response =
                post(
                        Form.CONTENT_TYPE,
                        BodyPublishers.fromPublisher(
                                BodyPublishers.ofInputStream(() -> new Zeros(HUGE)), HUGE));

        // then
        problem(response, 413);
    }

    @Test
    void refusesAHugeBodyInChunks() throws Exception {
        // when
        var response = post(Form.CONTENT_TYPE, BodyPublishers.ofInputStream(() -> new Zeros(HUGE)));

        // then
        problem(response, 413);
    }

    @Test
    void refusesAHugeBodyBeforeItIsSentToAClientThatAsks() throws Exception {
        // when
        var request =
                HttpRequest.newBuilder(server.api("/v1/swap"))
                        .header("Content-Type", Form.CONTENT_TYPE)
                        .expectContinue(true)
                        .POST(
                                BodyPublishers.fromPublisher(
                                        BodyPublishers.ofInputStream(() -> new Zeros(HUGE)), HUGE))
                        .build();

        // then
        problem(server.send(request), 413);
    }

    @Test
    void refusesWhatIsNotHttp() throws Exception {
        // when
        var answer = raw("FETCH the picture\r\n\r\n");

        // then
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/problem+json");
    }

    @Test
    void outlivesAClientThatHangsUpWhileItSends() throws Exception {
        // given
        var head =
                "POST /v1/swap HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nContent-Length: 100000\r\n\r\n--%s\r\n"
                        .formatted(Form.CONTENT_TYPE, Form.BOUNDARY);

        // when
        for (var i = 0; i < 20; i++) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.apiPort())) {
                socket.getOutputStream().write(head.getBytes(US_ASCII));
            }
        }

        // then
        await().until(() -> server.health().get("tasks_in_flight").asInt() == 0);
    }

    @Test
    void outlivesAClientThatHangsUpWhileItWaits() throws Exception {
        // given
        var body = Form.of(SOURCE, TARGET).bytes();
        var head =
                "POST /v1/swap HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                        .formatted(Form.CONTENT_TYPE, body.length);
        // when
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.apiPort())) {
            socket.getOutputStream().write(head.getBytes(US_ASCII));
            socket.getOutputStream().write(body);
        }

        // then
        await().until(() -> server.health().get("tasks_in_flight").asInt() == 0);
        await().until(() -> server.health().get("task_queue_length").asInt() == 0);
    }

    private HttpResponse<byte[]> post(String contentType, BodyPublisher body) throws Exception {
        return server.send(
                HttpRequest.newBuilder(server.api("/v1/swap"))
                        .header("Content-Type", contentType)
                        .POST(body)
                        .build());
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.apiPort())) {
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private static JsonNode problem(HttpResponse<byte[]> response, int status) throws IOException {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        var problem = RunningServer.json(response);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("request_id").asText())
                .isEqualTo(response.headers().firstValue("X-Request-Id").orElseThrow());
        assertThat(problem.fieldNames())
                .toIterable()
                .containsExactly(
                        "type", "title", "status", "detail", "remedy", "instance", "request_id");
        return problem;
    }

    private static byte[] photo(String name) {
        try {
            return Files.readAllBytes(Path.of("models/photos", name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] grey() throws IOException {
        var png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY), "png", png);
        return png.toByteArray();
    }

    /// A signature and a header chunk: what a decoder would believe.
    private static byte[] pngHeader(int width, int height) {
        var header =
                ByteBuffer.allocate(17)
                        .put("IHDR".getBytes(US_ASCII))
                        .putInt(width)
                        .putInt(height)
                        .put(new byte[] {8, 2, 0, 0, 0})
                        .array();
        var checksum = new CRC32();
        checksum.update(header);
        return ByteBuffer.allocate(33)
                .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'})
                .putInt(13)
                .put(header)
                .putInt((int) checksum.getValue())
                .array();
    }
}

package dev.facefusion.runtime.server;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facefusion.runtime.Form;
import dev.facefusion.runtime.config.Environment;
import dev.facefusion.runtime.engine.Engine;
import dev.facefusion.runtime.memory.HeapWatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/// A server on free ports of loopback and a client for it.
final class RunningServer implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newHttpClient();
    private final HeapWatch heap = new HeapWatch();
    private final RuntimeServer server;

    private RunningServer(
            Map<String, String> environment, Function<EngineParts, Supplier<Engine>> engines) {
        this.server = RuntimeServer.start(config(environment), heap, engines);
    }

    static RunningServer start(
            Map<String, String> environment, Function<EngineParts, Supplier<Engine>> engines) {
        return new RunningServer(environment, engines);
    }

    static RunningServer start(Map<String, String> environment, Engine engine) {
        var all = new TreeMap<>(environment);
        all.putIfAbsent("PROVENANCE", "off"); // its results are no pictures
        all.putIfAbsent("SELF_TEST", "off"); // and its tasks end when the test says so
        return start(all, _ -> () -> engine);
    }

    static RuntimeConfig config(Map<String, String> environment) {
        var all = new TreeMap<>(environment);
        all.put("API_PORT", "0");
        all.put("HEALTH_PORT", "0");
        all.putIfAbsent("MODEL_DIR", Path.of("models").toString());
        all.computeIfAbsent("WORK_DIR", _ -> workDir());
        return RuntimeConfig.from(new Environment(all));
    }

    private static String workDir() {
        try {
            var directory = Files.createTempDirectory("facefusion-work");
            return directory.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RunningServer awaitReady() {
        await().atMost(PATIENCE).until(() -> get("/ready").statusCode() == 200);
        return this;
    }

    /// Done when the heap was full, after which a process ends.
    CompletableFuture<?> heapFull() {
        return heap.full();
    }

    int apiPort() {
        return server.apiPort();
    }

    int healthPort() {
        return server.healthPort();
    }

    URI api(String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(server.apiPort(), path));
    }

    URI management(String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(server.healthPort(), path));
    }

    HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(management(path)).build());
    }

    JsonNode health() throws IOException, InterruptedException {
        return JSON.readTree(get("/health").body());
    }

    /// Waits until one task runs and so many wait. Both from one report: an old one may count the
    /// task that runs by now as the one that waits.
    void awaitBehindOne(int waiting) {
        await().until(
                        this::health,
                        report ->
                                report.get("tasks_in_flight").asInt() == 1
                                        && report.get("task_queue_length").asInt() == waiting);
    }

    int queueLength() throws IOException, InterruptedException {
        return health().get("task_queue_length").asInt();
    }

    HttpResponse<byte[]> swap(Form form) throws IOException, InterruptedException {
        return send(swapRequest(form));
    }

    CompletableFuture<HttpResponse<byte[]>> swapLater(Form form) {
        return client.sendAsync(swapRequest(form), BodyHandlers.ofByteArray());
    }

    HttpRequest swapRequest(Form form) {
        return HttpRequest.newBuilder(api("/v1/swap"))
                .header("Content-Type", Form.CONTENT_TYPE)
                .POST(BodyPublishers.ofByteArray(form.bytes()))
                .build();
    }

    /// The API's answer to a GET.
    HttpResponse<byte[]> ask(String path, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(api(path));
        return send((headers.length == 0 ? request : request.headers(headers)).build());
    }

    HttpResponse<byte[]> postJob(Form form, String... headers)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(api("/v1/jobs"))
                        .header("Content-Type", Form.CONTENT_TYPE)
                        .POST(BodyPublishers.ofByteArray(form.bytes()));
        return send((headers.length == 0 ? request : request.headers(headers)).build());
    }

    HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofByteArray());
    }

    CompletableFuture<HttpResponse<byte[]>> sendLater(HttpRequest request) {
        return client.sendAsync(request, BodyHandlers.ofByteArray());
    }

    CompletableFuture<?> restartDue() {
        return server.restartDue();
    }

    static JsonNode json(String text) throws IOException {
        return JSON.readTree(text);
    }

    static JsonNode json(HttpResponse<byte[]> response) throws IOException {
        return JSON.readTree(response.body());
    }

    boolean drain() {
        try {
            return server.stop();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        drain();
        client.shutdownNow();
    }
}

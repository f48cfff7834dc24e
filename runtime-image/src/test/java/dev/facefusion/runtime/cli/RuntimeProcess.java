package dev.facefusion.runtime.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facefusion.runtime.Form;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The program in a process of its own, where nothing else is said as a pod of 384 MiB runs it:
/// with half of that as heap, and the garbage collector that Java chooses there.
final class RuntimeProcess implements AutoCloseable {

    private static final String POD_HEAP = "192m";
    private static final Path PHOTOS = Path.of("models/photos");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final List<String> output = Collections.synchronizedList(new ArrayList<>());
    private int apiPort;
    private int healthPort;

    private RuntimeProcess(Process process) {
        this.process = process;
    }

    static RuntimeProcess start(Map<String, String> environment, String... arguments)
            throws IOException {
        return start(POD_HEAP, environment, RuntimeMain.class, arguments);
    }

    /// @param heap its largest size, as of `-Xmx`
    static RuntimeProcess startWithHeap(String heap, String... arguments) throws IOException {
        return start(heap, Map.of(), RuntimeMain.class, arguments);
    }

    private static RuntimeProcess start(
            String heap, Map<String, String> environment, Class<?> main, String... arguments)
            throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-Xmx" + heap,
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        if (!environment.containsKey("WORK_DIR")) {
            var work = Files.createTempDirectory("facefusion-work");
            builder.environment().put("WORK_DIR", work.toString());
        }
        return new RuntimeProcess(builder.start());
    }

    /// Starts a server on free ports and waits until it says which.
    static RuntimeProcess serve(Map<String, String> environment) throws IOException {
        return serve(environment, RuntimeMain.class);
    }

    /// The same with another program.
    static RuntimeProcess serve(Map<String, String> environment, Class<?> main) throws IOException {
        var runtime = start(POD_HEAP, environment, main, "serve");
        var lines =
                new BufferedReader(new InputStreamReader(runtime.process.getInputStream(), UTF_8));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            runtime.output.add(line);
            var event = line.startsWith("{") ? JSON.readTree(line) : JSON.createObjectNode();
            if (event.has("apiPort")) {
                runtime.apiPort = event.get("apiPort").asInt();
                runtime.healthPort = event.get("healthPort").asInt();
                Thread.ofVirtual().start(() -> lines.lines().forEach(runtime.output::add));
                return runtime;
            }
        }
        throw new IOException("the server did not start: " + runtime.output);
    }

    URI api(String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(apiPort, path));
    }

    HttpResponse<byte[]> health(String path) throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:%d%s".formatted(healthPort, path));
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
    }

    JsonNode healthReport() throws IOException, InterruptedException {
        return JSON.readTree(health("/health").body());
    }

    /// Tasks that wait, run or were answered. Only ever grows, however quick the engine is.
    int acceptedTasks() throws IOException, InterruptedException {
        var report = healthReport();
        return Stream.of("task_queue_length", "tasks_in_flight", "tasks_completed_total")
                .mapToInt(count -> report.get(count).asInt())
                .sum();
    }

    /// Of the heap, at the last measurement.
    long heapBytes() throws IOException, InterruptedException {
        return new String(health("/metrics").body(), UTF_8)
                .lines()
                .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /// All that the process has in memory, as the kernel counts it.
    long residentBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .sum();
    }

    /// What it has started and what runs now.
    List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    int healthPort() {
        return healthPort;
    }

    HttpClient client() {
        return client;
    }

    /// The lines it has written so far.
    List<String> log() {
        synchronized (output) {
            return List.copyOf(output);
        }
    }

    /// Waits until it takes tasks.
    RuntimeProcess awaitReady() {
        await().atMost(Duration.ofMinutes(1)).until(() -> health("/ready").statusCode() == 200);
        return this;
    }

    /// Sends it two photos of a face each.
    CompletableFuture<HttpResponse<byte[]>> swap() {
        try {
            var form =
                    Form.of(
                            Files.readAllBytes(PHOTOS.resolve("grace_hopper.jpg")),
                            Files.readAllBytes(PHOTOS.resolve("astronaut.png")));
            var request =
                    HttpRequest.newBuilder(api("/v1/swap"))
                            .header("Content-Type", Form.CONTENT_TYPE)
                            .POST(BodyPublishers.ofByteArray(form.bytes()))
                            .build();
            return client.sendAsync(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Sends it a photo of a face and a video.
    ///
    /// @return the job's id
    String acceptJob(Path video) throws IOException, InterruptedException {
        var form =
                Form.of(
                        Files.readAllBytes(PHOTOS.resolve("grace_hopper.jpg")),
                        Files.readAllBytes(video));
        var request =
                HttpRequest.newBuilder(api("/v1/jobs"))
                        .header("Content-Type", Form.CONTENT_TYPE)
                        .POST(BodyPublishers.ofByteArray(form.bytes()))
                        .build();
        var response = client.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        return JSON.readTree(response.body()).get("id").asText();
    }

    JsonNode job(String id) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(api("/v1/jobs/" + id)).build();
        return JSON.readTree(client.send(request, BodyHandlers.ofByteArray()).body());
    }

    /// SIGTERM.
    void stop() {
        process.toHandle().destroy(); // the process' own method would close its output as well
    }

    /// SIGHUP.
    void hangUp() throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    /// SIGKILL.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the process did not end: " + output);
        }
        return process.exitValue();
    }

    /// All it wrote, once it ended.
    String text() throws IOException {
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        client.shutdownNow();
    }
}

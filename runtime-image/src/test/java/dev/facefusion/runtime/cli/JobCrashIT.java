package dev.facefusion.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facefusion.runtime.Form;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The server is killed by SIGKILL while it has jobs, and started again. A client that saw 202
/// finds its job, and every job ends; a result that was whole is never made again.
@Timeout(900)
class JobCrashIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    // Fewer for a look on a busy machine: the bar is 1,000.
    private static final int JOBS = Integer.getInteger("crash.jobs", 1000);
    private static final int SENDERS = 8;
    private static final Set<String> ENDS = Set.of("succeeded", "failed", "cancelled");
    private static final byte[] FORM =
            Form.of(small("grace_hopper.jpg"), small("astronaut.png")).bytes();

    private final Path work;

    JobCrashIT(@TempDir Path work) {
        this.work = work;
    }

    @Test
    void losesNoJobAndRunsNoneTwiceToAResult() throws Exception {
        // given
        Queue<String> accepted;
        try (var runtime = serve()) {
            awaitReady(runtime);
            accepted = send(runtime, JOBS);
            assertThat(accepted).hasSize(JOBS);
            await().atMost(Duration.ofMinutes(5)).until(() -> results().size() >= JOBS / 4);

            // when
            runtime.kill();
        }
        var before = results();
        int runAgain;
        try (var runtime = serve()) {
            awaitEnded(runtime, accepted);
            var ended = accepted.stream().map(id -> job(runtime, id)).toList();

            // then
            assertThat(ended)
                    .allSatisfy(
                            job -> assertThat(job.get("state").asText()).isEqualTo("succeeded"));
            assertThat(ended).allSatisfy(job -> assertThat(sha256(job)).isEqualTo(claimed(job)));
            runAgain = (int) ended.stream().filter(job -> job.get("attempts").asInt() > 1).count();
        }
        var after = results();
        assertThat(before).hasSizeBetween(1, JOBS - 1);
        assertThat(after).containsAllEntriesOf(before);
        // The one that ran, and those whose result was not on the disk yet: no more may wait for
        // it.
        assertThat(runAgain).isLessThanOrEqualTo(10);
        System.out.printf(
                "%d jobs, killed with %d results: %d succeeded, 0 lost, %d results made again, %d jobs begun again%n",
                JOBS, before.size(), after.size(), changed(before, after), runAgain);
    }

    @Test
    void keepsEveryJobThatAClientSawAccepted() throws Exception {
        // given
        var accepted = new ConcurrentLinkedQueue<String>();
        for (var round = 0; round < 5; round++) {
            var enough = accepted.size() + 20 * (round + 1);
            try (var runtime = serve();
                    var senders = Executors.newVirtualThreadPerTaskExecutor()) {
                awaitReady(runtime);
                for (var i = 0; i < SENDERS; i++) {
                    senders.execute(() -> {
                        while (post(runtime, accepted)) {
                            // until the server is gone
                        }
                    });
                }
                await().atMost(Duration.ofMinutes(2)).until(() -> accepted.size() >= enough);

                // when
                runtime.kill();
            }
        }

        // then
        try (var runtime = serve()) {
            assertThat(accepted).allSatisfy(id -> assertThat(state(runtime, id)).isNotEmpty());
            awaitEnded(runtime, accepted);
            var states =
                    accepted.stream()
                            .collect(
                                    Collectors.groupingBy(
                                            id -> state(runtime, id),
                                            TreeMap::new,
                                            Collectors.counting()));
            assertThat(states.keySet()).isSubsetOf("succeeded", "failed");
            System.out.printf(
                    "%d jobs accepted while the server was killed 5 times: %s, 0 lost%n",
                    accepted.size(), states);
        }
    }

    @Test
    void outlivesAKillWhileTheJournalIsWrittenAnew() throws Exception {
        // given
        Queue<String> accepted;
        try (var runtime = serve()) {
            awaitReady(runtime);
            accepted = send(runtime, 100);
            runtime.kill();
        }

        // when
        for (var round = 0; round < 5; round++) {
            try (var watch = work.getFileSystem().newWatchService()) {
                work.resolve("jobs").register(watch, StandardWatchEventKinds.ENTRY_CREATE);
                try (var runtime = RuntimeProcess.start(environment(), "serve")) {
                    assertThat(watch.poll(1, TimeUnit.MINUTES)).isNotNull();
                    runtime.kill();
                }
            }
        }

        // then
        try (var runtime = serve()) {
            assertThat(accepted)
                    .hasSize(100)
                    .allSatisfy(id ->
                            assertThat(state(runtime, id)).isIn("queued", "running", "succeeded"));
        }
    }

    private Map<String, String> environment() {
        return Map.of(
                "API_PORT", "0",
                "HEALTH_PORT", "0",
                "WORK_DIR", work.toString(),
                "EXECUTION_THREADS", "1",
                "JOB_CAPACITY", "5000");
    }

    private RuntimeProcess serve() throws IOException {
        return RuntimeProcess.serve(environment());
    }

    private static void awaitReady(RuntimeProcess runtime) {
        await().atMost(Duration.ofMinutes(2))
                .until(() -> runtime.health("/ready").statusCode() == 200);
    }

    private static void awaitEnded(RuntimeProcess runtime, Queue<String> jobs) {
        var left = new ArrayDeque<>(jobs);
        await().atMost(Duration.ofMinutes(10))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    while (!left.isEmpty() && ENDS.contains(state(runtime, left.element()))) {
                        left.remove();
                    }
                    return left.isEmpty();
                });
    }

    private static Queue<String> send(RuntimeProcess runtime, int jobs) {
        var accepted = new ConcurrentLinkedQueue<String>();
        try (var senders = Executors.newFixedThreadPool(SENDERS, Thread.ofVirtual().factory())) {
            for (var i = 0; i < jobs; i++) {
                senders.execute(() -> post(runtime, accepted));
            }
        }
        return accepted;
    }

    /// @return false when the server does not answer any more
    private static boolean post(RuntimeProcess runtime, Queue<String> accepted) {
        var request =
                HttpRequest.newBuilder(runtime.api("/v1/jobs"))
                        .header("Content-Type", Form.CONTENT_TYPE)
                        .POST(BodyPublishers.ofByteArray(FORM))
                        .build();
        try {
            var response = runtime.client().send(request, BodyHandlers.ofByteArray());
            if (response.statusCode() == 202) {
                accepted.add(JSON.readTree(response.body()).get("id").asText());
            }
            return true;
        } catch (IOException | InterruptedException _) {
            return false;
        }
    }

    private static String state(RuntimeProcess runtime, String id) {
        return job(runtime, id).get("state").asText();
    }

    private static JsonNode job(RuntimeProcess runtime, String id) {
        try {
            var response =
                    runtime.client()
                            .send(
                                    HttpRequest.newBuilder(runtime.api("/v1/jobs/" + id)).build(),
                                    BodyHandlers.ofByteArray());
            assertThat(response.statusCode()).as(id).isEqualTo(200);
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String claimed(JsonNode job) {
        return job.get("result").get("sha256").asText();
    }

    private String sha256(JsonNode job) throws Exception {
        var image = Files.readAllBytes(file(job.get("id").asText()));
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(image));
    }

    private Path file(String id) {
        return work.resolve("jobs/files").resolve(id).resolve("result");
    }

    /// The results that are whole, each with what changes when the file is written again.
    private Map<String, String> results() throws IOException {
        List<Path> jobs;
        try (var files = Files.list(work.resolve("jobs/files"))) {
            jobs = files.toList();
        }
        var results = new TreeMap<String, String>();
        for (var job : jobs) {
            var id = job.getFileName().toString();
            if (Files.exists(file(id))) {
                var attributes = Files.readAttributes(file(id), BasicFileAttributes.class);
                results.put(id, attributes.fileKey() + " " + attributes.lastModifiedTime());
            }
        }
        return results;
    }

    private static long changed(Map<String, String> before, Map<String, String> after) {
        return before.entrySet().stream()
                .filter(result -> !result.getValue().equals(after.get(result.getKey())))
                .count();
    }

    private static byte[] small(String photo) {
        try {
            var image = ImageIO.read(Path.of("models/photos", photo).toFile());
            var height = 200 * image.getHeight() / image.getWidth();
            var scaled = new BufferedImage(200, height, BufferedImage.TYPE_3BYTE_BGR);
            var graphics = scaled.createGraphics();
            graphics.setRenderingHint(
                    RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            graphics.drawImage(image, 0, 0, 200, height, null);
            graphics.dispose();
            var jpeg = new ByteArrayOutputStream();
            ImageIO.write(scaled, "jpeg", jpeg);
            return jpeg.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

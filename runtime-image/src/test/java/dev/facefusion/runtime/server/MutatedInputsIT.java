package dev.facefusion.runtime.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.runtime.Form;
import dev.facefusion.runtime.engine.EnginePlan;
import dev.facefusion.runtime.engine.session.ExecutionSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// 200 broken files, always the same ones: each gets a result or a problem, none a defect, a crash
/// or a wait of more than ten seconds, and the server is as well as before after all of them.
@Timeout(900)
@TestInstance(Lifecycle.PER_CLASS)
class MutatedInputsIT {

    private static final long SEED = 20260304;
    private static final int EACH = 50;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private static final byte[] SOURCE = read("models/photos/grace_hopper.jpg");

    @TempDir private Path directory = Path.of("");

    private RunningServer server = startServer();

    private static RunningServer startServer() {
        return RunningServer.start(
                Map.of("SELF_TEST", "off"),
                parts -> () -> EnginePlan.of(parts.models(), ExecutionSettings.cpu(2)).open());
    }

    @BeforeAll
    void awaitServer() {
        server = server.awaitReady();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void everyBrokenJpegIsAnswered() throws Exception {
        answersAll(SOURCE);
    }

    @Test
    void everyBrokenPngIsAnswered() throws Exception {
        answersAll(read("models/photos/astronaut.png"));
    }

    @Test
    void everyBrokenWebpIsAnswered() throws Exception {
        answersAll(converted("-i", "models/photos/grace_hopper.jpg", "photo.webp"));
    }

    @Test
    void everyBrokenMp4IsAnswered() throws Exception {
        answersAll(
                converted(
                        "-loop",
                        "1",
                        "-i",
                        "models/photos/grace_hopper.jpg",
                        "-t",
                        "1",
                        "-pix_fmt",
                        "yuv420p",
                        "clip.mp4"));
    }

    private void answersAll(byte[] whole) throws Exception {
        var random = new Random(SEED);
        for (int i = 0; i < EACH; i++) {
            var broken = mutated(whole, i, random);
            var name = "mutation %d".formatted(i);
            var asTarget = i % 2 == 0;
            var form = asTarget ? Form.of(SOURCE, broken) : Form.of(broken, SOURCE);

            assertAnswered(name, timed(server.swapRequest(form)));
            assertAnswered(name, timed(verification(broken)));
        }
        assertThat(timed(server.swapRequest(Form.of(SOURCE, SOURCE))).statusCode()).isEqualTo(200);
        assertThat(server.get("/ready").statusCode()).isEqualTo(200);
    }

    private HttpRequest verification(byte[] file) {
        return HttpRequest.newBuilder(server.api("/v1/verify"))
                .header("Content-Type", Form.CONTENT_TYPE)
                .POST(BodyPublishers.ofByteArray(new Form().part("file", file).bytes()))
                .build();
    }

    private HttpResponse<byte[]> timed(HttpRequest request) throws Exception {
        long start = System.nanoTime();
        var response = server.send(request);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONGEST);
        return response;
    }

    private static void assertAnswered(String name, HttpResponse<byte[]> response)
            throws IOException {
        var status = response.statusCode();
        if (status != 200) {
            assertThat(status).as(name).isBetween(400, 499);
            assertThat(RunningServer.json(response).get("type").asText())
                    .as(name)
                    .startsWith("urn:facefusion:problem:");
        }
    }

    /// A file with flipped bits, a file that ends early, one with another header, or one with a
    /// hole of zeros, in turns.
    private static byte[] mutated(byte[] whole, int turn, Random random) {
        var broken = whole.clone();
        switch (turn % 4) {
            case 0 -> {
                for (int flips = 1 + random.nextInt(64); flips > 0; flips--) {
                    // Half of them in the headers, where they do most harm.
                    int reach = random.nextBoolean() ? Math.min(512, broken.length) : broken.length;
                    broken[random.nextInt(reach)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            case 1 -> broken = Arrays.copyOf(broken, random.nextInt(broken.length));
            case 2 -> {
                var header = new byte[4 + random.nextInt(28)];
                random.nextBytes(header);
                System.arraycopy(header, 0, broken, random.nextInt(16), header.length);
            }
            default -> {
                int from = random.nextInt(broken.length);
                Arrays.fill(
                        broken,
                        from,
                        Math.min(broken.length, from + 1 + random.nextInt(4096)),
                        (byte) 0);
            }
        }
        return broken;
    }

    private byte[] converted(String... arguments) throws Exception {
        var output = directory.resolve(arguments[arguments.length - 1]);
        var command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-nostdin", "-y"));
        command.addAll(Arrays.asList(arguments).subList(0, arguments.length - 1));
        command.add(output.toString());
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return Files.readAllBytes(output);
    }

    private static byte[] read(String file) {
        try {
            return Files.readAllBytes(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

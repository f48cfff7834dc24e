package dev.facefusion.runtime.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `facefusion batch` with the real engine.
@Timeout(120)
class BatchIT {

    private static final Path PHOTOS = Path.of("models/photos");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir private Path directory = Path.of("");

    private final StringWriter errors = new StringWriter();
    private Path targets = directory;
    private Path output = directory;

    @BeforeEach
    void makeTargets() throws IOException {
        targets = Files.createDirectory(directory.resolve("targets"));
        output = directory.resolve("output");
        Files.copy(PHOTOS.resolve("astronaut.png"), targets.resolve("a.png"));
        Files.copy(PHOTOS.resolve("grace_hopper.jpg"), targets.resolve("b.jpg"));
        Files.writeString(targets.resolve("c.png"), "not a picture");
        Files.writeString(targets.resolve("notes.txt"), "not looked at");
    }

    @Test
    void goesOnPastAnItemThatFailsAndSaysSo() {
        var lines = new ArrayList<JsonNode>();

        assertThat(batch(lines, "--workers", "2")).isEqualTo(ExitCode.PARTIAL.code());

        assertThat(lines)
                .extracting(line -> name(line) + " " + line.get("state").asText())
                .containsExactlyInAnyOrder("a.png done", "b.jpg done", "c.png failed");
        assertThat(output.resolve("a.png")).isNotEmptyFile();
        assertThat(output.resolve("b.jpg")).isNotEmptyFile();
        assertThat(output.resolve("c.png")).doesNotExist();
    }

    @Test
    void leavesOutWhatIsDoneAndWhoseResultIsThere() throws IOException {
        // given
        assertThat(batch(new ArrayList<>())).isEqualTo(ExitCode.PARTIAL.code());
        var journal = output.resolve(BatchJournal.FILE);
        Files.writeString(
                journal,
                "{\"key\":\"the line that was being written when the machine",
                StandardOpenOption.APPEND);
        Files.delete(output.resolve("b.jpg"));
        Files.copy(
                PHOTOS.resolve("astronaut.png"),
                targets.resolve("c.png"),
                StandardCopyOption.REPLACE_EXISTING);

        // when
        var lines = new ArrayList<JsonNode>();
        var exitCode = batch(lines);

        // then
        assertThat(exitCode).isEqualTo(ExitCode.OK.code());
        assertThat(lines)
                .extracting(line -> name(line) + " " + line.get("state").asText())
                .containsExactlyInAnyOrder("a.png skipped", "b.jpg done", "c.png done");
        assertThat(Files.readAllLines(journal)).allSatisfy(line -> JSON.readTree(line));
    }

    @Test
    void doesAgainWhatIsToBeDoneOtherwise() {
        batch(new ArrayList<>());
        var lines = new ArrayList<JsonNode>();

        batch(lines, "--output-quality", "50");

        assertThat(lines).extracting(line -> line.get("state").asText()).doesNotContain("skipped");
    }

    @Test
    void takesAListWhosePathsStartWhereItIs() throws IOException {
        var list = Files.writeString(directory.resolve("list.txt"), "# mine\n\ntargets/a.png\n");
        targets = list;
        var lines = new ArrayList<JsonNode>();

        assertThat(batch(lines)).isEqualTo(ExitCode.OK.code());

        assertThat(lines).extracting(BatchIT::name).containsExactly("a.png");
    }

    @Test
    void refusesTwoTargetsWithOneResult() throws IOException {
        Files.createDirectory(targets.resolve("more"));
        targets = Files.writeString(directory.resolve("list"), "targets/a.png\ntargets/more/a.png");

        assertThat(batch(new ArrayList<>())).isEqualTo(ExitCode.USAGE.code());

        assertThat(errors.toString()).contains("would both become");
    }

    private int batch(List<JsonNode> lines, String... more) {
        var arguments =
                new ArrayList<>(
                        List.of(
                                "batch",
                                "--json",
                                "--source",
                                PHOTOS.resolve("grace_hopper.jpg").toString(),
                                "--targets",
                                targets.toString(),
                                "--output",
                                output.toString()));
        arguments.addAll(List.of(more));
        var printed = new ByteArrayOutputStream();
        var before = System.out;
        System.setOut(new PrintStream(printed, true, UTF_8));
        try {
            return RuntimeMain.commandLine()
                    .setErr(new PrintWriter(errors, true))
                    .execute(arguments.toArray(String[]::new));
        } finally {
            System.setOut(before);
            printed.toString(UTF_8).lines().map(BatchIT::read).forEach(lines::add);
        }
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(JsonNode line) {
        return String.valueOf(Path.of(line.get("target").asText()).getFileName());
    }
}

package dev.facefusion.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.runtime.engine.video.Footages;
import dev.facefusion.runtime.engine.video.NeedsFfmpeg;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The commands beside `run` and `batch`.
@Timeout(60)
class CommandsIT {

    private static final String SOURCE = "models/photos/grace_hopper.jpg";
    private static final String TARGET = "models/photos/astronaut.png";

    @TempDir private Path directory = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @Test
    void listsTheModelsWithin80Columns() {
        assertThat(execute("models", "list", "--models", "models")).isZero();

        assertThat(out.toString())
                .contains("blazeface_back_256", "detector", "Apache-2.0", "COMMERCIAL")
                .doesNotContainPattern(".{81}");
    }

    @Test
    void namesTheModelThatCannotBeOpened() throws IOException {
        // given
        for (var name : List.of("2dfan4", "fan_68_5", "arcface_w600k_r50")) {
            var file = Path.of("src", "test", "resources", "stand-ins", name + ".onnx");
            Files.copy(file, directory.resolve(file.getFileName()));
        }
        Files.createFile(directory.resolve("yoloface_8n.onnx"));

        // when
        var exitCode =
                execute(
                        "run",
                        "-s",
                        SOURCE,
                        "-t",
                        TARGET,
                        "-o",
                        directory.resolve("out.png").toString(),
                        "--models",
                        directory.toString());

        // then
        assertThat(exitCode).isEqualTo(ExitCode.BAD_MODELS.code());
        assertThat(errors.toString()).hasLineCount(1).contains("yolo_face");
        assertThat(directory.resolve("out.png")).doesNotExist();
    }

    @Test
    void takesFaceFusionsFlagsAndSaysOnceWhichMeanNothing() {
        // when
        var exitCode =
                execute(
                        "headless-run",
                        "-s",
                        SOURCE,
                        "-t",
                        TARGET,
                        "-o",
                        directory.resolve("out.png").toString(),
                        "--processors",
                        "face_swapper",
                        "--face-selector-mode",
                        "many",
                        "--models",
                        "models",
                        "--temp-path",
                        "/tmp",
                        "--log-level",
                        "debug",
                        "--face-tracker-score",
                        "0.3",
                        "--output-image-scale",
                        "1.0");

        // then
        assertThat(exitCode).as(errors.toString()).isZero();
        assertThat(directory.resolve("out.png")).isNotEmptyFile();
        assertThat(errors.toString())
                .hasLineCount(1)
                .contains("--temp-path, --log-level")
                .doesNotContain("--output-image-scale");
    }

    @ParameterizedTest
    @CsvSource({"0, false", "0.3, true"})
    @NeedsFfmpeg
    void tracksTheFacesOfAVideo(String score, boolean tracked) {
        // given
        var output = directory.resolve("out.mp4");
        var blink = Footages.blink(directory.resolve("blink.mp4"), Path.of(TARGET), 6, 3);

        // when
        var exitCode =
                execute(
                        "headless-run",
                        "-s",
                        SOURCE,
                        "-t",
                        blink.toString(),
                        "-o",
                        output.toString(),
                        "--output-video-quality",
                        "100",
                        "--models",
                        "models",
                        "--face-tracker-score",
                        score,
                        "--target-frame-amount",
                        "1");

        // then: with lossless encoding, a black frame that is left alone stays what it is
        assertThat(exitCode).as(errors.toString()).isZero();
        var before = Footages.digests(blink, "yuv420p");
        var after = Footages.digests(output, "yuv420p");
        assertThat(after.get(2)).isNotEqualTo(before.get(2));
        assertThat(after.get(3).equals(before.get(3))).isEqualTo(!tracked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--config-path=x.ini", "--output-image-scale=2", "--execution-device-ids=1"})
    void refusesAFlagWhoseResultWouldBeAnother(String flag) {
        var exitCode = execute("headless-run", "-s", SOURCE, "-t", TARGET, "-o", "out.png", flag);

        assertThat(exitCode).isEqualTo(ExitCode.USAGE.code());
        assertThat(errors.toString()).contains(flag.substring(0, flag.indexOf('=')), "must");
    }

    @Test
    void namesAFlagThatItDoesNotKnowAlsoBehindOneWithSeveralValues() {
        // when: older versions of FaceFusion have this one
        var exitCode =
                execute(
                        "headless-run",
                        "-s",
                        SOURCE,
                        "-t",
                        TARGET,
                        "-o",
                        "out.mp4",
                        "--face-mask-padding",
                        "0",
                        "5",
                        "--output-video-resolution",
                        "640x480");

        // then
        assertThat(exitCode).isEqualTo(ExitCode.USAGE.code());
        assertThat(errors.toString().lines().findFirst().orElseThrow())
                .startsWith("facefusion: ")
                .contains("--output-video-resolution");
        assertThat(errors.toString())
                .contains("headless-run --help")
                .doesNotContain("How faces are found");
    }

    @Test
    void everyCommandTellsItsVersion() {
        assertThat(execute("run", "--version")).isZero();
        assertThat(execute("models", "list", "--version")).isZero();

        assertThat(out.toString().lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("facefusion "));
    }

    @Test
    void theDocumentationListsEveryFlagThatMeansNothing() throws IOException {
        var documentation = Files.readString(Path.of("../docs/cli.md"));

        for (var flag : ForeignFlag.all()) {
            assertThat(documentation).contains("`" + flag.flag() + "`");
        }
    }

    @Test
    void theDocumentationListsEveryExitCode() throws IOException {
        var documentation = Files.readString(Path.of("../docs/cli.md"));

        for (var code : ExitCode.values()) {
            assertThat(documentation)
                    .containsPattern(
                            "(?m)^\\| %d \\| %s"
                                    .formatted(code.code(), Pattern.quote(code.meaning())));
        }
    }

    @Test
    void completesTheWordsOfEveryCommand() {
        assertThat(execute("completion", "bash")).isZero();

        assertThat(out.toString()).contains("headless-run", "--face-selector-mode", "left-right");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"run", "batch", "headless-run", "models", "verify", "bench", "completion"})
    void helpShowsAnExampleWithin80Columns(String command) {
        // when
        var exitCode =
                RuntimeMain.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setUsageHelpWidth(80)
                        .execute(command, "--help");

        // then
        assertThat(exitCode).isZero();
        assertThat(out.toString()).containsAnyOf("Example:", "Commands:");
        assertThat(out.toString()).doesNotContainPattern(".{81}");
    }

    private int execute(String... arguments) {
        return RuntimeMain.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
    }
}

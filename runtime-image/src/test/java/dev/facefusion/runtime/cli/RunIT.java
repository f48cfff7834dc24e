package dev.facefusion.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `facefusion run` with the real engine: its result, its exit codes, its words.
@Timeout(60)
class RunIT {

    private static final String SOURCE = "models/photos/grace_hopper.jpg";
    private static final String TARGET = "models/photos/astronaut.png";

    @TempDir private Path directory = Path.of("");

    private final StringWriter errors = new StringWriter();

    @ParameterizedTest
    @CsvSource({
        "out.png,89504e47",
        "out.JPG,ffd8ffe0",
        "out.webp,52494646",
        "out.tif,4d4d002a",
        "out.bmp,424d"
    })
    void writesTheFormatOfTheEnding(String name, String signature) throws Exception {
        // given
        var output = directory.resolve(name);

        // when
        var exitCode =
                run(SOURCE, TARGET, output, "--frame-processors", "face_swapper,face_enhancer");

        // then
        assertThat(exitCode).as(errors.toString()).isEqualTo(ExitCode.OK.code());
        assertThat(Files.readAllBytes(output)).startsWith(HexFormat.of().parseHex(signature));
    }

    @Test
    void marksItsResultAndReadsTheMark() throws Exception {
        // given
        var output = directory.resolve("out.jpg");
        assertThat(run(SOURCE, TARGET, output)).isEqualTo(ExitCode.OK.code());

        // when
        var exitCode = RuntimeMain.commandLine().execute("verify", output.toString());

        // then
        assertThat(exitCode).isEqualTo(ExitCode.OK.code());
        assertThat(Files.readString(output, StandardCharsets.ISO_8859_1))
                .contains("compositeWithTrainedAlgorithmicMedia", "<TC260:AIGC>");
    }

    @Test
    void explainsAFileWithoutRoomForMarks() throws Exception {
        // given
        var text = Files.writeString(directory.resolve("text.png"), "not a picture");

        // when
        var exitCode =
                RuntimeMain.commandLine()
                        .setErr(new PrintWriter(errors, true))
                        .execute("verify", text.toString());

        // then
        assertThat(exitCode).isEqualTo(ExitCode.BAD_INPUT.code());
        assertThat(errors.toString()).contains("no format that carries marks").hasLineCount(1);
    }

    @Test
    void explainsAPictureThatIsNone() throws Exception {
        // given
        var text = Files.writeString(directory.resolve("text.png"), "not a picture");

        // when
        var exitCode = run(text.toString(), TARGET, directory.resolve("out.png"));

        // then
        assertThat(exitCode).isEqualTo(ExitCode.BAD_INPUT.code());
        assertThat(errors.toString()).contains(text.toString()).hasLineCount(1);
    }

    @Test
    void explainsAMissingFile() {
        // when
        var exitCode = run("missing.png", TARGET, directory.resolve("out.png"));

        // then
        assertThat(exitCode).isEqualTo(ExitCode.FILE_ERROR.code());
        assertThat(errors.toString()).contains("missing.png cannot be read").hasLineCount(1);
    }

    @Test
    void explainsAnOutputThatCannotBeWritten() {
        // when
        var exitCode = run(SOURCE, TARGET, directory.resolve("missing/out.png"));

        // then
        assertThat(exitCode).isEqualTo(ExitCode.FILE_ERROR.code());
        assertThat(errors.toString()).contains("missing/out.png cannot be written");
    }

    @Test
    void refusesToOverwriteAnInput() throws Exception {
        // given
        var target = Files.copy(Path.of(TARGET), directory.resolve("target.png"));

        // when
        var exitCode = run(SOURCE, target.toString(), directory.resolve("./target.png"));

        // then
        assertThat(exitCode).isEqualTo(ExitCode.USAGE.code());
        assertThat(errors.toString()).contains("would be overwritten");
        assertThat(target).hasSameBinaryContentAs(Path.of(TARGET));
    }

    @Test
    void leavesAFolderThatHasTheOutputsName() throws Exception {
        // given
        var folder = Files.createDirectory(directory.resolve("out.png"));

        // when
        var exitCode = run(SOURCE, TARGET, folder);

        // then
        assertThat(exitCode).isEqualTo(ExitCode.FILE_ERROR.code());
        assertThat(errors.toString()).contains("out.png cannot be written (it is a folder)");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void readsTheMarksOfAVideoLargerThanTheMemory() throws Exception {
        // given: a box of 3 GiB that takes no room on the disk
        var video = directory.resolve("video.mp4");
        long bytes = 3L << 30;
        try (var file = new RandomAccessFile(video.toFile(), "rw")) {
            file.writeInt(16);
            file.writeBytes("ftypisom");
            file.writeInt(0);
            file.writeInt(1); // the size follows the name
            file.writeBytes("mdat");
            file.writeLong(bytes - 16);
            file.setLength(bytes);
        }

        // when
        var exitCode =
                RuntimeMain.commandLine()
                        .setErr(new PrintWriter(errors, true))
                        .execute("verify", video.toString());

        // then
        assertThat(exitCode).as(errors.toString()).isEqualTo(ExitCode.OK.code());
    }

    @ParameterizedTest
    @CsvSource({
        "--blend-ratio,1.5,--blend-ratio must be a number from 0 to 1",
        "--output-quality,0,--output-quality must be a whole number from 1 to 100",
        "--frame-processors,age_modifier,face_swapper",
    })
    void explainsABadOption(String option, String value, String said) {
        // when
        var exitCode = run(SOURCE, TARGET, directory.resolve("out.png"), option, value);

        // then
        assertThat(exitCode).isEqualTo(ExitCode.USAGE.code());
        assertThat(errors.toString()).contains(said);
    }

    @Test
    void explainsAnUnknownEnding() {
        // when
        var exitCode = run(SOURCE, TARGET, directory.resolve("out.gif"));

        // then
        assertThat(exitCode).isEqualTo(ExitCode.USAGE.code());
        assertThat(errors.toString()).contains(".png, .jpg, .webp, .tiff or .bmp");
    }

    private int run(String source, String target, Path output, String... more) {
        var arguments =
                new ArrayList<>(
                        List.of(
                                "run",
                                "--source",
                                source,
                                "--target",
                                target,
                                "--output",
                                output.toString()));
        arguments.addAll(List.of(more));
        return RuntimeMain.commandLine()
                .setErr(new PrintWriter(errors, true))
                .execute(arguments.toArray(String[]::new));
    }
}

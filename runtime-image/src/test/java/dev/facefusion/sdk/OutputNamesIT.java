package dev.facefusion.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.runtime.engine.video.Alteration;
import dev.facefusion.runtime.engine.video.Footages;
import dev.facefusion.runtime.engine.video.NeedsFfmpeg;
import dev.facefusion.runtime.provenance.Mark;
import dev.facefusion.runtime.provenance.MarkReader;
import dev.facefusion.runtime.provenance.MarkReader.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of an output by its name: its marks, and that it can be long.
@NeedsFfmpeg
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class OutputNamesIT {

    private static final Path SOURCE = Path.of("models/photos/grace_hopper.jpg");
    private static final Path PHOTO = Path.of("models/photos/astronaut.png");

    /// What a name may have on Linux' file systems, in bytes.
    private static final int LONGEST = 255;

    @TempDir private Path directory = Path.of("");

    private final FaceFusion faceFusion =
            FaceFusion.open(Setup.bundled().models(Path.of("models")).executionThreads(2));
    private Path clip = Path.of("");

    @BeforeAll
    void makeClip() {
        clip = Footages.blink(directory.resolve("clip.mp4"), PHOTO, 2, 5);
    }

    @AfterAll
    void close() {
        faceFusion.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp4", "mov", "m4v", "mkv", "webm", "avi", "wmv"})
    void marksAVideo(String ending) throws IOException {
        // when
        var result = process(clip, "out." + ending);

        // then
        assertThat(result.alterations()).isEmpty();
        assertThat(reading(result.output()))
                .isInstanceOfSatisfying(
                        Reading.Read.class,
                        read ->
                                assertThat(read.report().marks())
                                        .contains(
                                                new Mark.Aigc(
                                                        "1",
                                                        "FaceFusion runtime",
                                                        result.requestId(),
                                                        "",
                                                        "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mpeg", "mxf"})
    void saysWhereAVideoHasNoRoomForMarks(String ending) throws IOException {
        // when
        var result = process(clip, "out." + ending);

        // then
        assertThat(result.alterations()).containsExactly(Alteration.UNMARKED);
        assertThat(reading(result.output())).isInstanceOf(Reading.Foreign.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {".png", ".mp4"})
    void writesTheLongestName(String ending) throws IOException {
        // given: of letters with two bytes each
        var name = "ä".repeat((LONGEST - ending.length()) / 2) + "x" + ending;
        var output = Files.createTempDirectory(directory, "long").resolve(name);

        // when
        var result =
                faceFusion.process(
                        SwapTask.of(SOURCE, ending.equals(".png") ? PHOTO : clip, output));

        // then
        assertThat(result).isInstanceOfAny(Result.Done.class, Result.Filmed.class);
        try (var files = Files.list(output.resolveSibling("."))) {
            assertThat(files.map(Path::getFileName)).containsExactly(output.getFileName());
        }
    }

    private Result.Filmed process(Path target, String output) {
        var result = faceFusion.process(SwapTask.of(SOURCE, target, directory.resolve(output)));
        assertThat(result).isInstanceOf(Result.Filmed.class);
        return (Result.Filmed) result;
    }

    private static Reading reading(Path file) throws IOException {
        try (var content = Files.newInputStream(file)) {
            return MarkReader.read(content);
        }
    }
}

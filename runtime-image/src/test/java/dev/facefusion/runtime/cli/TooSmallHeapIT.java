package dev.facefusion.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A command whose heap does not suffice says so, and what helps.
@Timeout(60)
class TooSmallHeapIT {

    @TempDir private Path folder = Path.of("");

    /// 12 MiB do not hold the models' files, 32 MiB not the picture as it is decoded: 36 MB.
    @ParameterizedTest
    @CsvSource({"12m, run", "32m, run", "32m, headless-run"})
    void saysThatTheHeapIsTooSmall(String heap, String command) throws Exception {
        // given
        var large = picture(3000, 4000);

        // when
        try (var process = start(heap, command, large, folder.resolve("out.png"))) {
            var said = process.text();

            // then
            assertThat(process.exitCode()).as(said).isEqualTo(ExitCode.OUT_OF_MEMORY.code());
            assertThat(said.lines().filter(line -> line.startsWith("facefusion: ")))
                    .singleElement()
                    .asString()
                    .contains("heap", "-Xmx", "smaller picture");
            assertThat(said).doesNotContain("\tat ");
        }
        assertThat(folder).isDirectoryNotContaining("glob:**out.png*");
    }

    @Test
    void aBatchGoesOnAfterAPictureThatDoesNotFit() throws Exception {
        // given: the large one comes first
        var targets = Files.createDirectory(folder.resolve("targets"));
        Files.move(picture(3000, 4000), targets.resolve("a.png"));
        Files.copy(Path.of("models/photos/astronaut.png"), targets.resolve("b.png"));
        var output = folder.resolve("output");

        // when
        try (var process = start("48m", "batch", targets, output)) {
            var said = process.text();

            // then
            assertThat(process.exitCode()).as(said).isEqualTo(ExitCode.PARTIAL.code());
            assertThat(said).contains("too large for Java's heap");
        }
        assertThat(output.resolve("a.png")).doesNotExist();
        assertThat(output.resolve("b.png")).isNotEmptyFile();
    }

    private Path picture(int width, int height) throws IOException {
        var file = folder.resolve("large.png");
        ImageIO.write(
                new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR),
                "png",
                file.toFile());
        return file;
    }

    private static RuntimeProcess start(String heap, String command, Path target, Path output)
            throws IOException {
        return RuntimeProcess.startWithHeap(
                heap,
                command,
                "-s",
                "models/photos/grace_hopper.jpg",
                "-t",
                target.toString(),
                "-o",
                output.toString());
    }
}

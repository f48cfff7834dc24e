package dev.facefusion.runtime.engine.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceFilesTest {

    private static final Path PHOTOS = Path.of("models/photos");

    @TempDir private Path folder = Path.of("");

    @Test
    void takesTheFirstSound() throws IOException {
        // given
        var face = PHOTOS.resolve("grace_hopper.jpg");
        var other = PHOTOS.resolve("astronaut.png");
        var first = written("fLaC");
        var second = written("OggS");

        // when
        var files = SourceFiles.of(List.of(first, face, second, other));

        // then
        assertThat(files.pictures()).containsExactly(face, other);
        assertThat(files.sound()).contains(first);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fLaC",
                "ID3\4",
                "ÿû\u0090d", // an MP3's frame
                "RIFF....WAVEfmt ",
                "OggS",
                "\0\0\0 ftypM4A ",
                "\0\0\0 ftypisom"
            })
    void knowsSound(String beginning) throws IOException {
        var file = written(beginning);

        assertThat(SourceFiles.of(List.of(file)).sound()).contains(file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ÿØÿà", // a JPEG
                "RIFF....WEBPVP8 ",
                "\0\0\0 ftypavif",
                "\0\0\0 ftypheic",
                "GIF89a",
                "ÿ"
            })
    void takesWhatIsNoSoundForAPicture(String beginning) throws IOException {
        var file = written(beginning);

        assertThat(SourceFiles.of(List.of(file)).pictures()).containsExactly(file);
    }

    @Test
    void leavesAMissingFileToWhoeverReadsPictures() {
        var missing = folder.resolve("missing");

        assertThat(SourceFiles.of(List.of(missing)).pictures()).containsExactly(missing);
    }

    private Path written(String beginning) throws IOException {
        return Files.write(
                Files.createTempFile(folder, "source", ""), beginning.getBytes(ISO_8859_1));
    }
}

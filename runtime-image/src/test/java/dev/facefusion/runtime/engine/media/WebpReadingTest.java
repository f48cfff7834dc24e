package dev.facefusion.runtime.engine.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.facefusion.runtime.engine.image.Picture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that libwebp wrote (`tests/reference/webp.py`), of a picture that a formula describes.
class WebpReadingTest {

    private static final Path FILES = Path.of("src/test/resources/webp");
    private static final int WIDTH = 24;
    private static final int HEIGHT = 16;

    /// Where the size of a lossless file's only picture is.
    private static final int LOSSLESS_SIZE = 21;

    /// Where the canvas of an extended file is.
    private static final int CANVAS = 24;

    @ParameterizedTest
    @ValueSource(strings = {"lossless", "alpha"})
    void readsALosslessPictureToTheBit(String name) {
        var picture = intact(file(name));

        assertThat(picture.width()).isEqualTo(WIDTH);
        assertThat(picture.height()).isEqualTo(HEIGHT);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                assertThat(colour(picture, x, y)).containsExactly(shown(x, y));
            }
        }
    }

    @Test
    void readsALossyPictureNearly() {
        var picture = intact(file("lossy"));

        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                for (int channel = 0; channel < 3; channel++) {
                    assertThat(colour(picture, x, y)[channel])
                            .isCloseTo(shown(x, y)[channel], within(24));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"turned", "turned-named"})
    void bringsAPictureUprightThatTheCameraTurned(String name) {
        var picture = intact(file(name));

        assertThat(picture.width()).isEqualTo(HEIGHT);
        assertThat(picture.height()).isEqualTo(WIDTH);
        for (int y = 0; y < WIDTH; y++) {
            for (int x = 0; x < HEIGHT; x++) {
                assertThat(colour(picture, x, y)).containsExactly(shown(y, HEIGHT - 1 - x));
            }
        }
    }

    @Test
    void knowsItsSizeByTheHeader() {
        assertThat(PictureReader.size(FILES.resolve("lossy.webp")))
                .hasValue(new PictureSize(WIDTH, HEIGHT));
    }

    @Test
    void refusesAnAnimation() {
        var refused = refused(file("animated"));

        assertThat(refused.fault()).isEqualTo(MediaFault.UNSUPPORTED);
        assertThat(refused.detail()).contains("animated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lossless", "lossy", "alpha", "turned"})
    void refusesATruncatedFileInsteadOfShowingAPart(String name) {
        var whole = file(name);

        for (int length = 12; length < whole.length; length++) {
            assertThat(refused(Arrays.copyOf(whole, length)).fault())
                    .as("%d bytes", length)
                    .isEqualTo(MediaFault.TRUNCATED);
        }
    }

    @Test
    void judgesAHugePictureByItsHeaderAlone() {
        // given: 16384 x 16384
        var file = file("lossless");
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(LOSSLESS_SIZE, 0x0FFFFFFF);

        // then
        assertThat(refused(file).fault()).isEqualTo(MediaFault.TOO_LARGE);
    }

    @Test
    void refusesAPictureOfTwoSizes() {
        var file = file("turned");
        file[CANVAS]++;

        assertThat(refused(file).detail()).contains("two sizes");
    }

    private static byte[] file(String name) {
        try {
            return Files.readAllBytes(FILES.resolve(name + ".webp"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Picture intact(byte[] file) {
        return ((Decoded.Intact) PictureReader.read(file)).picture();
    }

    private static Decoded.Refused refused(byte[] file) {
        return (Decoded.Refused) PictureReader.read(file);
    }

    private static int[] shown(int x, int y) {
        return new int[] {10 * x, 15 * y, 5 * (x + y)};
    }

    private static int[] colour(Picture picture, int x, int y) {
        int at = 3 * (y * picture.width() + x);
        return new int[] {
            picture.rgb()[at] & 0xFF, picture.rgb()[at + 1] & 0xFF, picture.rgb()[at + 2] & 0xFF
        };
    }
}

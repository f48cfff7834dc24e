package dev.facefusion.runtime.engine.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.image.PixelBox;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleLabelTest {

    private static final int WHITE = 255;

    @ParameterizedTest
    @CsvSource({"1920,1080", "1080,1920", "512,512", "640,480", "7680,4320", "100,100"})
    void theTextIsAtLeastATwentiethOfTheShortSideHigh(int width, int height) {
        // given
        var picture = Picture.black(width, height);

        // when
        var plate = new VisibleLabel().draw(picture);

        // then
        int rows = 0;
        for (int y = 0; y < height; y++) {
            rows += row(picture, plate, y) ? 1 : 0;
        }
        assertThat(rows).isGreaterThanOrEqualTo(Math.ceilDiv(Math.min(width, height), 20));
        assertThat(plate.right()).isEqualTo(width);
        assertThat(plate.bottom()).isEqualTo(height);
        assertThat(plate.left()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 128, 255})
    void theTextStandsOutOnAnyGround(int ground) {
        // given
        var picture = Picture.black(640, 480);
        Arrays.fill(picture.rgb(), (byte) ground);

        // when
        var plate = new VisibleLabel().draw(picture);

        // then: WCAG's contrast of white on the plate, of which 4.5 is enough for any text
        int dark = picture.rgb()[3 * (plate.top() * 640 + plate.left())] & 0xFF;
        assertThat(1.05 / (luminance(dark) + 0.05)).isGreaterThan(4.5);
        assertThat(picture.rgb()[0] & 0xFF).as("outside of the plate").isEqualTo(ground);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "5,400", "400,5", "33,21"})
    void aSmallPictureBearsAsMuchAsFits(int width, int height) {
        var picture = Picture.black(width, height);

        var plate = new VisibleLabel().draw(picture);

        assertThat(PixelBox.of(width, height).grown(0, plate)).isEqualTo(plate);
    }

    private static boolean row(Picture picture, PixelBox plate, int y) {
        for (int x = plate.left(); x < plate.right(); x++) {
            if ((picture.rgb()[3 * (y * picture.width() + x)] & 0xFF) == WHITE) {
                return true;
            }
        }
        return false;
    }

    // sRGB's relative luminance of a grey.
    private static double luminance(int grey) {
        double value = grey / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}

package dev.facefusion.runtime.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against the definitions in floating point: linear interpolation of Y, Cb and Cr, a chroma sample
/// for each pixel of its block, then H.273's `R = Y + 2 (1 - Kr) Cr` and so on.
class YuvSamplerTest {

    private static final int WIDTH = 24;
    private static final int HEIGHT = 16;
    private static final YuvColour COLOUR = YuvColour.bt709(false);

    /// Places are read in 1/256 of a pixel: between neighbours as different as noise they are one
    /// step off, the rounding is another.
    private static final int TOLERANCE = 3;

    private final YuvPicture frame = YuvPicture.over(WIDTH, HEIGHT, noise());
    private final YuvSampler sampler = new YuvSampler(COLOUR);

    private static byte[] noise() {
        var planes = new byte[YuvPicture.bytes(WIDTH, HEIGHT)];
        var random = new Random(7);
        for (int i = 0; i < planes.length; i++) {
            planes[i] = (byte) (96 + random.nextInt(64));
        }
        return planes;
    }

    @ParameterizedTest
    @CsvSource({
        "1, 4, 3, 0, 7", // places of pixels
        "0.5, 0.5, 2, 0, 11", // half-way between
        "0, 14.25, 1.25, 0, 18", // in one row, up to the last columns
        "0.3, 0.2, 1.4, 0.9, 15", // slanted
        "20.7, 13.1, -1.1, -0.7, 17", // to the left and up
        "22, 14.9, 0, -1, 14", // in one column
        "21.5, 5.5, -1.5, 0, 14", // in one row, to the left
    })
    void interpolatesTheFramesOwnColours(
            double x, double y, double stepX, double stepY, int count) {
        var row = sampler.along(frame, Border.BLACK, x, y, stepX, stepY, count);

        for (int i = 0; i < count; i++) {
            assertCloseTo(row[i], x + i * stepX, y + i * stepY, Border.BLACK);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-2.5, 3.25, 1, 0",
        "20.5, 3.25, -1.75, 0",
        "-1.5, -1.75, 1.5, 1",
        "12.5, 15, 1, 0",
        "4, 17.5, 1, -0.1",
        "4, 30, 1, 0",
    })
    void goesBeyondTheFrameAsItsBorderSays(double x, double y, double stepX, double stepY) {
        for (var border : Border.values()) {
            var row = sampler.along(frame, border, x, y, stepX, stepY, 16);

            for (int i = 0; i < 16; i++) {
                assertCloseTo(row[i], x + i * stepX, y + i * stepY, border);
            }
        }
    }

    @Test
    void isBlackFarOutside() {
        var row = sampler.along(frame, Border.BLACK, -50, 70, 1, 0, 16);

        assertThat(row[0]).isZero();
    }

    private void assertCloseTo(int rgb, double x, double y, Border border) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        var yuv = new double[3];
        for (int corner = 0; corner < 4; corner++) {
            int column = left + (corner & 1);
            int row = top + (corner >> 1);
            var share = (1 - Math.abs(x - column)) * (1 - Math.abs(y - row));
            for (int c = 0; c < 3; c++) {
                yuv[c] += share * sample(column, row, c, border);
            }
        }
        var expected = rgb(yuv);
        for (int c = 0; c < 3; c++) {
            assertThat((rgb >> (8 * c)) & 0xFF)
                    .as("channel %d at %s, %s", c, x, y)
                    .isCloseTo(expected[c], org.assertj.core.data.Offset.offset(TOLERANCE));
        }
    }

    private double sample(int x, int y, int channel, Border border) {
        boolean outside = x < 0 || y < 0 || x >= WIDTH || y >= HEIGHT;
        if (outside && border == Border.BLACK) {
            return channel == 0 ? 16 : 128;
        }
        int column = Math.clamp(x, 0, WIDTH - 1);
        int row = Math.clamp(y, 0, HEIGHT - 1);
        int chroma = WIDTH * HEIGHT + (channel - 1) * WIDTH * HEIGHT / 4;
        int at = channel == 0 ? row * WIDTH + column : chroma + row / 2 * (WIDTH / 2) + column / 2;
        return frame.planes()[at] & 0xFF;
    }

    private static int[] rgb(double[] yuv) {
        var luma = (yuv[0] - 16) / 219;
        var red = luma + 2 * (1 - 0.2126) * (yuv[2] - 128) / 224;
        var blue = luma + 2 * (1 - 0.0722) * (yuv[1] - 128) / 224;
        var green = (luma - 0.2126 * red - 0.0722 * blue) / 0.7152;
        return new int[] {byteOf(red), byteOf(green), byteOf(blue)};
    }

    private static int byteOf(double value) {
        return (int) Math.round(255 * Math.clamp(value, 0, 1));
    }
}

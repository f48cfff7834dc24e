package dev.facefusion.runtime.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class YuvConversionTest {

    // The colour bars of ITU-R BT.601 and BT.709 in 8 bits, and JFIF's full range of BT.601.
    @ParameterizedTest
    @CsvSource({
        "601, 255, 255, 255, 235, 128, 128",
        "601, 0, 0, 0, 16, 128, 128",
        "601, 255, 0, 0, 81, 90, 240",
        "601, 0, 255, 0, 145, 54, 34",
        "601, 0, 0, 255, 41, 240, 110",
        "709, 255, 0, 0, 63, 102, 240",
        "709, 0, 255, 0, 173, 42, 26",
        "709, 0, 0, 255, 32, 240, 118",
        "709, 255, 255, 0, 219, 16, 138",
        "jfif, 255, 255, 255, 255, 128, 128",
        "jfif, 0, 0, 0, 0, 128, 128",
        "jfif, 255, 0, 0, 76, 85, 255",
        "jfif, 0, 0, 255, 29, 255, 107",
    })
    void writesTheStandardsColourBars(
            String standard, int red, int green, int blue, int y, int cb, int cr) {
        var frame = YuvPicture.over(2, 2, new byte[6]);
        var picture = Picture.black(2, 2);
        var conversion = new YuvConversion(colour(standard));
        conversion.read(frame, picture.bounds(), picture);
        for (int i = 0; i < 12; i += 3) {
            picture.rgb()[i] = (byte) red;
            picture.rgb()[i + 1] = (byte) green;
            picture.rgb()[i + 2] = (byte) blue;
        }
        // a frame whose RGB is something else, so that the block counts as changed
        frame.planes()[0] = (byte) (255 - y);

        conversion.write(picture, picture.bounds(), frame);

        assertThat(frame.planes())
                .containsExactly((byte) y, (byte) y, (byte) y, (byte) y, (byte) cb, (byte) cr);
    }

    private static YuvColour colour(String standard) {
        return switch (standard) {
            case "601" -> YuvColour.bt601(false);
            case "709" -> YuvColour.bt709(false);
            default -> YuvColour.bt601(true);
        };
    }

    static Stream<YuvColour> colours() {
        return Stream.of(
                YuvColour.bt601(false),
                YuvColour.bt601(true),
                YuvColour.bt709(false),
                YuvColour.bt709(true),
                YuvColour.bt2020(false));
    }

    // By H.273's formulas in floating point: R = Y + 2 (1 - Kr) Cr and so on.
    @ParameterizedTest
    @MethodSource("colours")
    void readsWhatTheFormulasSay(YuvColour colour) {
        var frame = YuvPicture.over(32, 16, noise(32, 16));
        var picture = Picture.black(32, 16);

        new YuvConversion(colour).read(frame, picture.bounds(), picture);

        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 32; x++) {
                var expected = rgb(frame, x, y, colour);
                for (int c = 0; c < 3; c++) {
                    assertThat(picture.rgb()[3 * (y * 32 + x) + c] & 0xFF)
                            .isCloseTo(expected[c], org.assertj.core.data.Offset.offset(1));
                }
            }
        }
    }

    private static int[] rgb(YuvPicture frame, int x, int y, YuvColour colour) {
        double steps = colour.fullRange() ? 255 : 219;
        double half = colour.fullRange() ? 255 : 224;
        int plane = 16 * 32;
        int block = plane + y / 2 * 16 + x / 2;
        double luma = ((frame.planes()[y * 32 + x] & 0xFF) - (colour.fullRange() ? 0 : 16)) / steps;
        double cb = ((frame.planes()[block] & 0xFF) - 128) / half;
        double cr = ((frame.planes()[block + plane / 4] & 0xFF) - 128) / half;
        double kr = colour.redWeight();
        double kb = colour.blueWeight();
        double red = luma + 2 * (1 - kr) * cr;
        double blue = luma + 2 * (1 - kb) * cb;
        double green = (luma - kr * red - kb * blue) / (1 - kr - kb);
        return new int[] {byteOf(red), byteOf(green), byteOf(blue)};
    }

    private static int byteOf(double value) {
        return (int) Math.round(Math.max(0, Math.min(1, value)) * 255);
    }

    @ParameterizedTest
    @MethodSource("colours")
    void leavesWhatDidNotChangeAsItWasToTheBit(YuvColour colour) {
        var before = noise(64, 32);
        var frame = YuvPicture.over(64, 32, before.clone());
        var picture = Picture.black(64, 32);
        var conversion = new YuvConversion(colour);
        conversion.read(frame, picture.bounds(), picture);
        picture.rgb()[3 * (13 * 64 + 21)] ^= (byte) 0x80;

        conversion.write(picture, picture.bounds(), frame);

        for (int i = 0; i < before.length; i++) {
            boolean inChangedBlock =
                    i < 64 * 32
                            ? i % 64 / 2 == 10 && i / 64 / 2 == 6
                            : (i - 64 * 32) % (32 * 16) == 6 * 32 + 10;
            if (!inChangedBlock) {
                assertThat(frame.planes()[i]).as("byte %d", i).isEqualTo(before[i]);
            }
        }
        assertThat(frame.planes()).isNotEqualTo(before);
    }

    @Test
    void looksOnlyIntoTheBox() {
        var before = noise(64, 32);
        var frame = YuvPicture.over(64, 32, before.clone());
        var white = Picture.black(64, 32);
        java.util.Arrays.fill(white.rgb(), (byte) 255);

        new YuvConversion(YuvColour.bt709(false)).write(white, new PixelBox(11, 5, 13, 7), frame);

        // the box covers the blocks from 10, 4 to before 14, 8
        for (int y = 0; y < 32; y++) {
            for (int x = 0; x < 64; x++) {
                boolean inside = x >= 10 && x < 14 && y >= 4 && y < 8;
                assertThat(frame.planes()[y * 64 + x])
                        .isEqualTo(inside ? (byte) 235 : before[y * 64 + x]);
            }
        }
    }

    @Test
    void takesBoxesThatReachBeyondTheFrame() {
        var frame = YuvPicture.over(4, 4, new byte[24]);
        var white = Picture.black(4, 4);
        java.util.Arrays.fill(white.rgb(), (byte) 255);

        new YuvConversion(YuvColour.bt601(true)).write(white, new PixelBox(-3, -3, 9, 9), frame);

        assertThat(frame.planes()).startsWith(255, 255, 255, 255);
        assertThat(frame.planes()).endsWith(128, 128, 128, 128);
    }

    private static byte[] noise(int width, int height) {
        var planes = new byte[YuvPicture.bytes(width, height)];
        new Random(7).nextBytes(planes);
        return planes;
    }
}

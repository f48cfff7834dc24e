package dev.facefusion.runtime.engine.paste;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.runtime.engine.geometry.Affine;
import dev.facefusion.runtime.engine.image.Layer;
import dev.facefusion.runtime.engine.image.PixelBox;
import dev.facefusion.runtime.engine.image.Plane;
import dev.facefusion.runtime.engine.image.YuvCanvas;
import dev.facefusion.runtime.engine.image.YuvColour;
import dev.facefusion.runtime.engine.image.YuvConversion;
import dev.facefusion.runtime.engine.image.YuvPicture;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against the definitions in floating point: `Y (1 - mask) + face mask`, where the face's R, G and
/// B are Y, Cb and Cr by ITU-R BT.709.
class FramePasteTest {

    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;
    private static final int SIDE = 8;
    private static final YuvColour COLOUR = YuvColour.bt709(false);

    private final byte[] before = noise();
    private final YuvPicture frame = YuvPicture.over(WIDTH, HEIGHT, before.clone());
    private final YuvCanvas canvas = new YuvCanvas(frame, new YuvConversion(COLOUR));
    private final Random random = new Random(5);

    private static byte[] noise() {
        var planes = new byte[YuvPicture.bytes(WIDTH, HEIGHT)];
        new Random(3).nextBytes(planes);
        return planes;
    }

    @ParameterizedTest
    @CsvSource({
        "0.2, 0, 1", // enlarged
        "0.2, 0.05, 1", // and turned
        "0.2, -0.12, 0.4", // the other way, and a share of it
        "-0.15, 0.1, 1", // upside down
        "0, 0.21, 1", // on its side
        "1.3, 0.4, 1", // reduced
    })
    void mixesWhatTheFormulasSay(double along, double across, float share) {
        // given: the crop's middle in the frame's
        var changed = face(around(along, across), 0.7f);

        // when
        var area = new PasteBack(Sampling.ROUNDED).paste(canvas, changed, share);

        // then
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                var counts = contains(area, x, y) ? share : 0;
                assertMixed(changed, y * WIDTH + x, x, y, 0, counts);
            }
        }
        for (int y = 0; y < HEIGHT; y += 2) {
            for (int x = 0; x < WIDTH; x += 2) {
                boolean touched =
                        contains(area, x, y)
                                || contains(area, x + 1, y)
                                || contains(area, x, y + 1)
                                || contains(area, x + 1, y + 1);
                var counts = touched ? share : 0;
                int at = WIDTH * HEIGHT + y / 2 * WIDTH / 2 + x / 2;
                assertMixed(changed, at, x + 0.5, y + 0.5, 1, counts);
                assertMixed(changed, at + WIDTH * HEIGHT / 4, x + 0.5, y + 0.5, 2, counts);
            }
        }
        assertThat(frame.planes()).isNotEqualTo(before);
    }

    private static boolean contains(PixelBox box, int x, int y) {
        return x >= box.left() && x < box.right() && y >= box.top() && y < box.bottom();
    }

    @Test
    void leavesTheFrameAsItIsWhereTheMaskIsZero() {
        new PasteBack(Sampling.EXACT).paste(canvas, face(around(0.2, 0.03), 0), 1);

        assertThat(frame.planes()).containsExactly(before);
    }

    @Test
    void takesFromTheLightWhatCuttingOffTakes() {
        // given: Y of 99.9 in each of R, G and B is 16 + 219 / 255 * 99.9 = 101.8; cut off it is
        // 101
        var changed = face(around(0.2, 0), 1);
        changed.mask().fill(1);
        for (int channel = 0; channel < 3; channel++) {
            changed.face().plane(channel).fill(99.9f);
        }

        // when
        new PasteBack(Sampling.EXACT).paste(canvas, changed, 1);
        int cutOff = frame.planes()[24 * WIDTH + 32];
        new PasteBack(Sampling.ROUNDED).paste(canvas, changed, 1);

        // then
        assertThat(cutOff).isEqualTo(101);
        assertThat(frame.planes()[24 * WIDTH + 32]).isEqualTo((byte) 102);
    }

    @Test
    void pastesOnlyAsFarAsTheFrameGoes() {
        new PasteBack(Sampling.EXACT).paste(canvas, face(new Affine(0.2, 0, 5, 0, 0.2, 3.3), 1), 1);

        assertThat(frame.planes()[0]).isNotEqualTo(before[0]);
        assertThat(frame.planes()[WIDTH * HEIGHT / 2]).isEqualTo(before[WIDTH * HEIGHT / 2]);
    }

    @Test
    void showsTheFaceInTheNextPicture() {
        var whole = canvas.picture().copy();

        new PasteBack(Sampling.EXACT).paste(canvas, face(around(0.2, 0), 1), 1);

        assertThat(canvas.picture().rgb()).isNotEqualTo(whole.rgb());
    }

    private static Affine around(double along, double across) {
        var middle = (SIDE - 1) / 2.0;
        return new Affine(
                along,
                -across,
                middle - along * WIDTH / 2 + across * HEIGHT / 2,
                across,
                along,
                middle - across * WIDTH / 2 - along * HEIGHT / 2);
    }

    private ChangedFace face(Affine toCrop, float mask) {
        var face = new Layer().reshape(SIDE, SIDE);
        var masks = new Plane().reshape(SIDE, SIDE);
        for (int i = 0; i < SIDE * SIDE; i++) {
            for (int channel = 0; channel < 3; channel++) {
                face.plane(channel).values()[i] = random.nextInt(256);
            }
            masks.values()[i] = mask * (0.5f + random.nextFloat() / 2);
        }
        return new ChangedFace(toCrop, face, masks);
    }

    private void assertMixed(
            ChangedFace changed, int at, double x, double y, int channel, double share) {
        var cropX = changed.toCrop().x(x, y);
        var cropY = changed.toCrop().y(x, y);
        var visible = share * between(changed, cropX, cropY, 3);
        var face = between(changed, cropX, cropY, channel);
        int was = before[at] & 0xFF;
        assertThat((double) (frame.planes()[at] & 0xFF))
                .as("channel %d at %s, %s", channel, x, y)
                .isCloseTo(
                        was + visible * (face - was),
                        org.assertj.core.data.Offset.offset(visible == 0 ? 0 : 0.51));
    }

    /// The face goes on beyond its edge, the mask does not.
    private static double between(ChangedFace changed, double x, double y, int channel) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        double sum = 0;
        for (int corner = 0; corner < 4; corner++) {
            int column = left + (corner & 1);
            int row = top + (corner >> 1);
            boolean outside = column < 0 || row < 0 || column >= SIDE || row >= SIDE;
            int at = Math.clamp(row, 0, SIDE - 1) * SIDE + Math.clamp(column, 0, SIDE - 1);
            var share = (1 - Math.abs(x - column)) * (1 - Math.abs(y - row));
            sum +=
                    share
                            * (channel == 3
                                    ? outside ? 0 : maskAt(changed, at)
                                    : yuv(changed, at)[channel]);
        }
        return sum;
    }

    private static double maskAt(ChangedFace changed, int at) {
        return changed.mask().values()[at];
    }

    private static double[] yuv(ChangedFace changed, int at) {
        double red = changed.face().first().values()[at];
        double green = changed.face().second().values()[at];
        double blue = changed.face().third().values()[at];
        var light = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        return new double[] {
            16 + 219 * light / 255,
            128 + 224 * (blue - light) / 255 / 1.8556,
            128 + 224 * (red - light) / 255 / 1.5748
        };
    }
}

package dev.facefusion.runtime.engine.swapper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.runtime.engine.image.Layer;
import dev.facefusion.runtime.engine.image.Normalisation;
import dev.facefusion.runtime.engine.image.Picture;
import org.junit.jupiter.api.Test;

class PixelTileTest {

    private static final int SIDE = 6;

    /// Red counts the pixels from 0, green from 100, blue is 255.
    private final Picture crop = crop();

    @Test
    void takesEverySoManyThPixel() {
        // when
        var tensor = new float[3 * 2 * 2];
        new PixelTile(3, 1, 2).read(crop, Normalisation.UNIT, tensor);

        // then: rows 1 and 4, columns 2 and 5
        assertThat(scaled(tensor))
                .containsExactly(8, 11, 26, 29, 108, 111, 126, 129, 255, 255, 255, 255);
    }

    @Test
    void givesBackWhatItTook() {
        // when
        var back = new Layer().reshape(SIDE, SIDE);
        for (int row = 0; row < 2; row++) {
            for (int column = 0; column < 2; column++) {
                var tile = new PixelTile(2, row, column);
                var tensor = new float[3 * 3 * 3];
                tile.read(crop, Normalisation.SIGNED, tensor);
                tile.write(tensor, SwapperContract.Output.SIGNED, back);
            }
        }

        // then
        for (int i = 0; i < SIDE * SIDE; i++) {
            for (int channel = 0; channel < 3; channel++) {
                assertThat(Math.round(back.plane(channel).values()[i]))
                        .isEqualTo(crop.rgb()[3 * i + channel] & 0xFF);
            }
        }
    }

    private static int[] scaled(float[] values) {
        var scaled = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            scaled[i] = Math.round(values[i] * 255);
        }
        return scaled;
    }

    private static Picture crop() {
        var crop = Picture.black(SIDE, SIDE);
        for (int i = 0; i < SIDE * SIDE; i++) {
            crop.rgb()[3 * i] = (byte) i;
            crop.rgb()[3 * i + 1] = (byte) (100 + i);
            crop.rgb()[3 * i + 2] = (byte) 255;
        }
        return crop;
    }
}

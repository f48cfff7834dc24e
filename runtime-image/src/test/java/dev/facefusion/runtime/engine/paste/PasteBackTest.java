package dev.facefusion.runtime.engine.paste;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.runtime.engine.geometry.Affine;
import dev.facefusion.runtime.engine.image.Layer;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.image.PixelBox;
import dev.facefusion.runtime.engine.image.Plane;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// By hand: what the rules say of pictures of a few pixels.
class PasteBackTest {

    private final Picture picture = Picture.black(8, 6);

    @Test
    void roundsTheCornersHalvesToEven() {
        // given: corners at 0.5 and 4.5, and at 1.5 and 5.5
        var toCrop = new Affine(1, 0, -0.5, 0, 1, -1.5);

        // then
        assertThat(PasteArea.of(toCrop, 4, picture.bounds())).isEqualTo(new PixelBox(0, 2, 4, 6));
    }

    @Test
    void staysWithinThePicture() {
        assertThat(PasteArea.of(shifted(-3, 4), 4, picture.bounds()))
                .isEqualTo(new PixelBox(0, 4, 1, 6));
        assertThat(PasteArea.of(shifted(9, 0), 4, picture.bounds()).isEmpty()).isTrue();
    }

    @Test
    void cutsOffInsteadOfRounding() {
        // when: 0 (1 - 0.999) + 100 * 0.999 = 99.9
        new PasteBack(Sampling.EXACT).paste(picture, face(shifted(2, 1), 4, 100, 0.999f), 1);

        // then
        assertThat(red(2, 1)).isEqualTo(99);
    }

    @Test
    void roundsAFaceOfBytesFirst() {
        // when: the face is 100 to its middle and 101 from there; the crop is half a pixel off
        var changed = face(new Affine(1, 0, -1.5, 0, 1, -1), 4, 100, 1);
        Arrays.fill(changed.face().first().values(), 101);
        changed.face().first().values()[5] = 100;

        var exact = picture.copy();
        new PasteBack(Sampling.EXACT).paste(exact, changed, 1);
        new PasteBack(Sampling.ROUNDED).paste(picture, changed, 1);

        // then: halfway between 100 and 101
        assertThat(exact.rgb()[3 * (2 * 8 + 3)]).isEqualTo((byte) 100);
        assertThat(red(3, 2)).isEqualTo(101);
    }

    @Test
    void readsAtTheNearest32ndWhereItIsToldTo() {
        // given: a ramp of 32 per pixel, 0.3 of 1/32 off
        var changed = face(new Affine(1, 0, -1 + 0.3 / 32, 0, 1, -1), 4, 0, 1);
        for (int i = 0; i < 16; i++) {
            changed.face().first().values()[i] = 32 * (i % 4) + 0.9f;
        }

        // when
        var exact = picture.copy();
        new PasteBack(Sampling.EXACT).paste(exact, changed, 1);
        new PasteBack(Sampling.STEPPED).paste(picture, changed, 1);

        // then: 32.9 + 0.3, and 32.9
        assertThat(exact.rgb()[3 * (8 * 2 + 2)]).isEqualTo((byte) 33);
        assertThat(red(2, 2)).isEqualTo(32);
    }

    @Test
    void fadesThePictureInBeyondTheMasksEdge() {
        // when: half a pixel outside the crop the mask is a half, and the face is its edge
        new PasteBack(Sampling.EXACT)
                .paste(picture, face(new Affine(1, 0, -2.5, 0, 1, -1), 4, 200, 1), 1);

        // then
        assertThat(red(2, 2)).isEqualTo(100);
        assertThat(red(3, 2)).isEqualTo(200);
    }

    @Test
    void mixesAShareAndRoundsIt() {
        // when: 0.3 * 101 + 0.7 * 0 = 30.3, and with 102 30.6
        var changed = face(shifted(2, 1), 4, 101, 1);
        changed.face().second().fill(102);
        new PasteBack(Sampling.ROUNDED).paste(picture, changed, 0.3);

        // then
        assertThat(red(3, 2)).isEqualTo(30);
        assertThat(picture.rgb()[3 * (2 * 8 + 3) + 1]).isEqualTo((byte) 31);
    }

    private int red(int x, int y) {
        return picture.rgb()[3 * (y * picture.width() + x)] & 0xFF;
    }

    /// A crop whose upper left corner lies there.
    private static Affine shifted(int x, int y) {
        return new Affine(1, 0, -x, 0, 1, -y);
    }

    private static ChangedFace face(Affine toCrop, int side, float grey, float mask) {
        var face = new Layer().reshape(side, side);
        for (int channel = 0; channel < 3; channel++) {
            face.plane(channel).fill(grey);
        }
        return new ChangedFace(toCrop, face, new Plane().reshape(side, side).fill(mask));
    }
}

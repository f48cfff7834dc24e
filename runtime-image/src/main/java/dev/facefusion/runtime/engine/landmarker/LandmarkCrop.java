package dev.facefusion.runtime.engine.landmarker;

import dev.facefusion.runtime.engine.geometry.Affine;
import dev.facefusion.runtime.engine.geometry.Box;
import dev.facefusion.runtime.engine.geometry.Point;
import dev.facefusion.runtime.engine.geometry.QuarterTurn;
import dev.facefusion.runtime.engine.image.AffineCrop;
import dev.facefusion.runtime.engine.image.Border;
import dev.facefusion.runtime.engine.image.Canvas;
import dev.facefusion.runtime.engine.image.Clahe;
import dev.facefusion.runtime.engine.image.LabColour;
import dev.facefusion.runtime.engine.image.LabMemory;
import dev.facefusion.runtime.engine.image.Layer;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.image.PictureView;
import dev.facefusion.runtime.engine.image.PixelBox;
import java.nio.FloatBuffer;

/// A face upright in a square, in more contrast where it is very dark: what landmarkers look at.
public final class LandmarkCrop {

    static final int SIDE = 256;

    /// The longer side of the face's box in the crop, in pixels.
    private static final double FACE = 195;

    /// Below this mean of the 8-bit lightness the contrast is raised.
    private static final double DARK = 30;

    private static final PixelBox WHOLE = PixelBox.of(SIDE, SIDE);

    private final Picture crop = Picture.black(SIDE, SIDE);
    private final Layer colours = new Layer();
    private final Layer lab = new Layer();
    private final LabMemory memory = new LabMemory();
    private final Clahe clahe = new Clahe();
    // B, G, R, a byte each from the second highest on.
    private final int[] shown = new int[SIDE * SIDE];
    private final float[] plane = new float[SIDE * SIDE];
    private Affine toCrop = new Affine(1, 0, 0, 0, 1, 0);
    private QuarterTurn turn = QuarterTurn.NONE;

    /// Cuts a face out.
    ///
    /// @param upright the turn that brings it upright
    public void cut(Canvas canvas, Box face, QuarterTurn upright) {
        var scale = FACE / Math.max(1, Math.max(face.width(), face.height()));
        toCrop =
                new Affine(
                        scale,
                        0,
                        (SIDE - (face.left() + face.right()) * scale) / 2,
                        0,
                        scale,
                        (SIDE - (face.top() + face.bottom()) * scale) / 2);
        turn = upright;
        AffineCrop.cut(canvas, toCrop, Border.BLACK, crop);
        new PictureView(crop, turn).readBgr(shown);
        throughLab();
    }

    // FaceFusion takes the blue for the red on the way there and back, and rounds to 8 bits.
    private void throughLab() {
        long light = 0;
        for (int i = 0; i < SIDE * SIDE; i++) {
            int seen = shown[i];
            shown[i] = memory.of(seen >> 16, (seen >> 8) & 0xFF, seen & 0xFF);
            light += shown[i] >>> 24;
        }
        if ((double) light / (SIDE * SIDE) < DARK) {
            equalise();
        }
    }

    private void equalise() {
        new PictureView(crop, turn).readBgr(shown);
        colours.reshape(SIDE, SIDE);
        for (int channel = 0; channel < 3; channel++) {
            int shift = shift(channel);
            for (int i = 0; i < SIDE * SIDE; i++) {
                colours.plane(channel).values()[i] = (shown[i] >> shift) & 0xFF;
            }
        }
        LabColour.toLab(colours, lab, WHOLE);
        for (int i = 0; i < SIDE * SIDE; i++) {
            lab.first().values()[i] = rounded(lab.first().values()[i] * 2.55f);
            lab.second().values()[i] = rounded(lab.second().values()[i] + 128) - 128;
            lab.third().values()[i] = rounded(lab.third().values()[i] + 128) - 128;
        }
        clahe.equalise(lab.first());
        for (int i = 0; i < SIDE * SIDE; i++) {
            lab.first().values()[i] /= 2.55f;
            var _ = LabColour.show(lab, colours, i);
            shown[i] = 0;
            for (int channel = 0; channel < 3; channel++) {
                shown[i] |= rounded(colours.plane(channel).values()[i]) << shift(channel);
            }
        }
    }

    private static int rounded(float value) {
        return Math.clamp(Math.round(value), 0, 255);
    }

    private static int shift(int channel) {
        return 8 * (2 - channel);
    }

    /// Lays the crop out: B, G, R, NCHW, in 0 to 1.
    void lay(FloatBuffer tensor) {
        for (int channel = 0; channel < 3; channel++) {
            int shift = shift(channel);
            for (int i = 0; i < plane.length; i++) {
                plane[i] = ((shown[i] >>> shift) & 0xFF) / 255f;
            }
            tensor.put(channel * plane.length, plane);
        }
    }

    /// The place in the picture of a point of the crop.
    Point back(Point inCrop) {
        return toCrop.inverse().map(turn.back(inCrop, SIDE, SIDE));
    }
}

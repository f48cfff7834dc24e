package dev.facefusion.runtime.engine.paste;

import dev.facefusion.runtime.engine.image.Canvas;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.image.PixelBox;
import dev.facefusion.runtime.engine.image.YuvCanvas;
import java.util.List;

/// Puts faces back where they were cut out. For one thread.
///
/// 1. The pixels that the crop's corners enclose are looked at, and of each row those that have a
///    place in the mask.
/// 2. The face and the mask are read there by linear interpolation; beyond its edge the face goes
///    on as its edge does, and the mask is 0.
/// 3. `picture (1 - mask) + face mask` is cut off, not rounded, to a whole number.
/// 4. Of that, `share` is mixed with what was there, and rounded.
///
/// In a frame of a video the same is done to Y, Cb and Cr, at the exact places and without whole
/// numbers in between.
public final class PasteBack {

    /// R, G, B and the mask.
    private static final int CHANNELS = 4;

    private static final int MASK = 3;

    private final Sampling sampling;
    private final PaddedCrop crop = new PaddedCrop(CHANNELS);
    private final Places places = new Places(CHANNELS);
    private final FramePaste framePaste;
    private float[] mask = {};

    public PasteBack(Sampling sampling) {
        this.sampling = sampling;
        this.framePaste = new FramePaste(sampling != Sampling.ROUNDED);
    }

    /// Changes the canvas in place.
    ///
    /// @param share of the changed face in the result, 0 to 1
    /// @return the pixels that may have changed
    public PixelBox paste(Canvas canvas, ChangedFace changed, double share) {
        int side = changed.mask().width();
        var area = PasteArea.of(changed.toCrop(), side, canvas.bounds());
        if (area.isEmpty()) {
            return area;
        }
        switch (canvas) {
            case Picture picture -> paste(picture, area, changed, share);
            case YuvCanvas frame ->
                    frame.alter(planes ->
                            framePaste.paste(planes, frame.colour(), area, changed, (float) share));
        }
        return area;
    }

    private void paste(Picture picture, PixelBox area, ChangedFace changed, double share) {
        int side = changed.mask().width();
        var face = changed.face();
        crop.fill(List.of(face.first(), face.second(), face.third()), changed.mask());
        places.reserve(area.width());
        mask = mask.length < area.width() ? new float[area.width()] : mask;
        var toCrop = changed.toCrop().fromOrigin(area.left(), area.top());
        for (int y = 0; y < area.height(); y++) {
            var span = RowSpan.of(toCrop, y, side, area.width());
            places.exact(toCrop, y, span, crop.stride());
            readMask(span);
            if (sampling == Sampling.STEPPED) {
                places.stepped(toCrop, y, span, crop.stride());
            }
            int to = 3 * ((area.top() + y) * picture.width() + area.left());
            mix(picture.rgb(), to, span, (float) share);
        }
    }

    private void readMask(RowSpan span) {
        var values = crop.values();
        int stride = crop.stride();
        var at = places.at();
        var across = places.across();
        var down = places.down();
        for (int i = span.first(); i < span.end(); i++) {
            int upper = at[i] + MASK;
            int lower = upper + stride;
            float above = values[upper];
            float below = values[lower];
            mask[i] =
                    between(
                            above,
                            values[upper + CHANNELS] - above,
                            below,
                            values[lower + CHANNELS] - below,
                            across[i],
                            down[i]);
        }
    }

    /// In a face that is enlarged many pixels lie between the same four of the crop: what these
    /// tell is kept until others are needed.
    private void mix(byte[] rgb, int start, RowSpan span, float share) {
        var values = crop.values();
        int stride = crop.stride();
        var at = places.at();
        var across = places.across();
        var down = places.down();
        boolean rounded = sampling == Sampling.ROUNDED;
        int last = -1;
        float red = 0;
        float redAcross = 0;
        float redBelow = 0;
        float redBelowAcross = 0;
        float green = 0;
        float greenAcross = 0;
        float greenBelow = 0;
        float greenBelowAcross = 0;
        float blue = 0;
        float blueAcross = 0;
        float blueBelow = 0;
        float blueBelowAcross = 0;
        for (int i = span.first(); i < span.end(); i++) {
            int upper = at[i];
            if (upper != last) {
                last = upper;
                int lower = upper + stride;
                red = values[upper];
                green = values[upper + 1];
                blue = values[upper + 2];
                redAcross = values[upper + CHANNELS] - red;
                greenAcross = values[upper + CHANNELS + 1] - green;
                blueAcross = values[upper + CHANNELS + 2] - blue;
                redBelow = values[lower];
                greenBelow = values[lower + 1];
                blueBelow = values[lower + 2];
                redBelowAcross = values[lower + CHANNELS] - redBelow;
                greenBelowAcross = values[lower + CHANNELS + 1] - greenBelow;
                blueBelowAcross = values[lower + CHANNELS + 2] - blueBelow;
            }
            float x = across[i];
            float y = down[i];
            float r = between(red, redAcross, redBelow, redBelowAcross, x, y);
            float g = between(green, greenAcross, greenBelow, greenBelowAcross, x, y);
            float b = between(blue, blueAcross, blueBelow, blueBelowAcross, x, y);
            if (rounded) {
                r = (int) (r + 0.5f);
                g = (int) (g + 0.5f);
                b = (int) (b + 0.5f);
            }
            float visible = mask[i];
            int to = start + 3 * i;
            rgb[to] = mixed(rgb[to], r, visible, share);
            rgb[to + 1] = mixed(rgb[to + 1], g, visible, share);
            rgb[to + 2] = mixed(rgb[to + 2], b, visible, share);
        }
    }

    private static byte mixed(byte there, float face, float visible, float share) {
        int before = there & 0xFF;
        int after = (int) (before * (1 - visible) + face * visible);
        return (byte) (share == 1 ? after : (int) Math.rint((1 - share) * before + share * after));
    }

    /// Between four values.
    ///
    /// @param aboveAcross what the upper right is more than the upper left
    /// @param belowAcross what the lower right is more than the lower left
    private static float between(
            float above, float aboveAcross, float below, float belowAcross, float x, float y) {
        float upper = above + x * aboveAcross;
        float lower = below + x * belowAcross;
        return upper + y * (lower - upper);
    }
}

package dev.facefusion.runtime.engine.paste;

import dev.facefusion.runtime.engine.geometry.Affine;
import dev.facefusion.runtime.engine.image.Layer;
import dev.facefusion.runtime.engine.image.PixelBox;
import dev.facefusion.runtime.engine.image.YuvColour;
import dev.facefusion.runtime.engine.image.YuvPicture;
import java.util.List;

/// Puts faces back into frames as they are stored. For one thread.
///
/// Mixing is linear, and so are Y, Cb and Cr in R, G and B: the face is brought to the frame's
/// colours in its crop, where it has the fewest pixels. Y is mixed at the pixels, Cb and Cr at the
/// middle of each block of 2 x 2. Where the mask is 0 the frame stays as it is, to the bit.
final class FramePaste {

    /// The plane's value and the mask.
    private static final int CHANNELS = 2;

    private static final int MASK = 1;

    /// Places are summed in 2^-32 of a pixel.
    private static final double ONE = 0x1p32;

    private final boolean cutOff;
    private final PaddedCrop crop = new PaddedCrop(CHANNELS);
    private final Layer colours = new Layer();

    /// @param cutOff whether R, G and B are cut off to whole numbers instead of rounded: that takes
    ///   half a step of each in the mean, which is taken from Y
    FramePaste(boolean cutOff) {
        this.cutOff = cutOff;
    }

    /// Changes the frame in place.
    ///
    /// @param area the pixels that the crop covers
    /// @param share of the changed face in the result, 0 to 1
    void paste(
            YuvPicture frame, YuvColour colour, PixelBox area, ChangedFace changed, float share) {
        colour.fromRgb(changed.face(), colours);
        int side = changed.mask().width();
        var pixels = changed.toCrop().fromOrigin(area.left(), area.top());
        float half = 0.5f - (cutOff ? 0.5f * colour.lumaScale() : 0);
        crop.fill(List.of(colours.first()), changed.mask());
        for (int y = 0; y < area.height(); y++) {
            var span = RowSpan.of(pixels, y, side, area.width());
            mix(
                    frame.planes(),
                    frame.luma(area.left(), area.top() + y),
                    pixels,
                    y,
                    span,
                    share,
                    half);
        }
        int left = area.left() & ~1;
        int top = area.top() & ~1;
        int columns = (area.right() - left + 1) / 2;
        var blocks = changed.toCrop().fromOrigin(left + 0.5, top + 0.5).fromShrunk(2);
        for (int plane = 0; plane < 2; plane++) {
            crop.fill(List.of(colours.plane(1 + plane)), changed.mask());
            for (int y = 0; top + 2 * y < area.bottom(); y++) {
                var span = RowSpan.of(blocks, y, side, columns);
                int to = frame.chroma(left, top + 2 * y) + plane * frame.chromaPlane();
                mix(frame.planes(), to, blocks, y, span, share, 0.5f);
            }
        }
    }

    /// In a face that is enlarged, some pixels in a row lie between the same four of the crop.
    /// There value and mask are quadratic along the row, and are carried on by their differences.
    ///
    /// @param to where the row begins
    /// @param half what is added before the fraction is cut off
    private void mix(
            byte[] plane, int to, Affine toCrop, int row, RowSpan span, float share, float half) {
        var values = crop.values();
        int stride = crop.stride();
        float stepX = (float) toCrop.xx();
        float stepY = (float) toCrop.yx();
        long farX = (long) (toCrop.xx() * ONE);
        long farY = (long) (toCrop.yx() * ONE);
        long placeX = place(toCrop.x(span.first(), row));
        long placeY = place(toCrop.y(span.first(), row));
        int last = -1;
        float face = 0;
        float slope = 0;
        float bend = 0;
        float visible = 0;
        float maskSlope = 0;
        float maskBend = 0;
        for (int i = span.first(); i < span.end(); i++) {
            int upper = (int) (placeY >> 32) * stride + (int) (placeX >> 32) * CHANNELS;
            if (upper != last) {
                last = upper;
                int lower = upper + stride;
                float x = fraction(placeX);
                float y = fraction(placeY);
                float corner = values[upper];
                float right = values[upper + CHANNELS] - corner;
                float down = values[lower] - corner;
                float both = values[lower + CHANNELS] - values[lower] - right;
                face = corner + x * right + y * (down + x * both);
                bend = both * stepX * stepY;
                slope = (right + y * both) * stepX + (down + x * both) * stepY + bend;

                corner = share * values[upper + MASK];
                right = share * values[upper + CHANNELS + MASK] - corner;
                down = share * values[lower + MASK] - corner;
                both = share * (values[lower + CHANNELS + MASK] - values[lower + MASK]) - right;
                visible = corner + x * right + y * (down + x * both);
                maskBend = both * stepX * stepY;
                maskSlope = (right + y * both) * stepX + (down + x * both) * stepY + maskBend;
            }
            float before = plane[to + i] & 0xFF;
            plane[to + i] = (byte) (int) (before + visible * (face - before) + half);
            face += slope;
            slope += 2 * bend;
            visible += maskSlope;
            maskSlope += 2 * maskBend;
            placeX += farX;
            placeY += farY;
        }
    }

    private static long place(double inCrop) {
        return (long) ((inCrop + PaddedCrop.RIM) * ONE);
    }

    private static float fraction(long place) {
        return (place & 0xFFFFFFFFL) * (float) (1 / ONE);
    }
}

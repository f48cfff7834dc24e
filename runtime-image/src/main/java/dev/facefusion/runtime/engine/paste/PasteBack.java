package dev.facefusion.runtime.engine.paste;

import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.image.PixelBox;

/// Puts faces back where they were cut out. For one thread.
///
/// 1. The pixels that the crop's corners enclose are looked at, and of each row those that have a
///    place in the mask.
/// 2. The face and the mask are read there by linear interpolation; beyond its edge the face goes
///    on as its edge does, and the mask is 0.
/// 3. `picture (1 - mask) + face mask` is cut off, not rounded, to a whole number.
/// 4. Of that, `share` is mixed with what was there, and rounded.
public final class PasteBack {

    private static final int MASK = PaddedCrop.MASK;

    private final Sampling sampling;
    private final PaddedCrop crop = new PaddedCrop();
    private final Places places = new Places();
    private float[] mask = {};

    public PasteBack(Sampling sampling) {
        this.sampling = sampling;
    }

    /// Changes the picture in place.
    ///
    /// @param share of the changed face in the result, 0 to 1
    /// @return the pixels that may have changed
    public PixelBox paste(Picture picture, ChangedFace changed, double share) {
        int side = changed.mask().width();
        var area = PasteArea.of(changed.toCrop(), side, picture.bounds());
        if (area.isEmpty()) {
            return area;
        }
        crop.fill(changed);
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
        return area;
    }

    private void readMask(RowSpan span) {
        var values = crop.values();
        int stride = crop.stride();
        var at = places.at();
        var across = places.across();
        var down = places.down();
        for (int i = span.first(); i < span.end(); i++) {
            mask[i] = between(values, at[i] + MASK, stride, across[i], down[i]);
        }
    }

    private void mix(byte[] rgb, int start, RowSpan span, float share) {
        var values = crop.values();
        int stride = crop.stride();
        var at = places.at();
        boolean rounded = sampling == Sampling.ROUNDED;
        for (int i = span.first(); i < span.end(); i++) {
            float across = places.across()[i];
            float down = places.down()[i];
            float visible = mask[i];
            for (int channel = 0; channel < 3; channel++) {
                float face = between(values, at[i] + channel, stride, across, down);
                if (rounded) {
                    face = (int) (face + 0.5f);
                }
                int to = start + 3 * i + channel;
                int before = rgb[to] & 0xFF;
                int after = (int) (before * (1 - visible) + face * visible);
                rgb[to] = (byte) (share == 1 ? after : mixed(before, after, share));
            }
        }
    }

    private static int mixed(int before, int after, float share) {
        return (int) Math.rint((1 - share) * before + share * after);
    }

    private static float between(float[] values, int at, int stride, float across, float down) {
        float a = values[at];
        float c = values[at + stride];
        float upper = a + across * (values[at + PaddedCrop.CHANNELS] - a);
        float lower = c + across * (values[at + stride + PaddedCrop.CHANNELS] - c);
        return upper + down * (lower - upper);
    }
}

package dev.facefusion.runtime.engine.paste;

import dev.facefusion.runtime.engine.image.Plane;
import java.util.List;

/// A face and its mask, pixel by pixel, with a rim that repeats the face's edge and masks it out.
///
/// With the rim every place whose mask is not zero has four neighbours, so that nothing is asked
/// per pixel.
final class PaddedCrop {

    /// Pixels on each side: one for the mask's slope, one for what rounding may do.
    static final int RIM = 2;

    /// A buffer this many times too large is given back to the garbage collector.
    private static final int WASTE = 8;

    private final int channels;
    private float[] values = {};
    private int stride;

    /// @param channels numbers per pixel: the face's and, last, the mask
    PaddedCrop(int channels) {
        this.channels = channels;
    }

    /// @param face as many planes as there are channels before the mask, squares as large as it
    void fill(List<Plane> face, Plane mask) {
        int side = mask.width();
        stride = channels * (side + 2 * RIM);
        int size = stride * (side + 2 * RIM);
        if (values.length < size || values.length / WASTE > size) {
            values = new float[size];
        }
        for (int channel = 0; channel < channels - 1; channel++) {
            fill(channel, face.get(channel).values(), side);
        }
        fill(channels - 1, mask.values(), side);
        for (int y = RIM; y < RIM + side; y++) {
            repeatEnds(y * stride, side);
        }
        for (int i = 0; i < RIM; i++) {
            repeatRow(RIM, i);
            repeatRow(RIM + side - 1, RIM + side + i);
        }
    }

    private void fill(int channel, float[] plane, int side) {
        for (int y = 0; y < side; y++) {
            int to = (y + RIM) * stride + RIM * channels + channel;
            for (int from = y * side; from < (y + 1) * side; from++) {
                values[to] = plane[from];
                to += channels;
            }
        }
    }

    private void repeatEnds(int row, int side) {
        for (int i = 0; i < RIM; i++) {
            repeat(row + RIM * channels, row + i * channels);
            repeat(row + (RIM + side - 1) * channels, row + (RIM + side + i) * channels);
        }
    }

    private void repeat(int from, int to) {
        System.arraycopy(values, from, values, to, channels - 1);
        values[to + channels - 1] = 0;
    }

    private void repeatRow(int from, int to) {
        System.arraycopy(values, from * stride, values, to * stride, stride);
        for (int at = to * stride + channels - 1; at < (to + 1) * stride; at += channels) {
            values[at] = 0;
        }
    }

    /// The numbers, row by row.
    float[] values() {
        return values;
    }

    /// Numbers per row.
    int stride() {
        return stride;
    }
}

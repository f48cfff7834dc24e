package dev.facefusion.runtime.engine.paste;

/// A face and its mask, pixel by pixel, with a rim that repeats the face's edge and masks it out.
///
/// With the rim every place whose mask is not zero has four neighbours, so that nothing is asked
/// per pixel.
final class PaddedCrop {

    /// Pixels on each side: one for the mask's slope, one for what rounding may do.
    static final int RIM = 2;

    /// Numbers per pixel: R, G, B and the mask.
    static final int CHANNELS = 4;

    static final int MASK = 3;

    /// A buffer this many times too large is given back to the garbage collector.
    private static final int WASTE = 8;

    private float[] values = {};
    private int stride;

    void fill(ChangedFace changed) {
        int side = changed.mask().width();
        stride = CHANNELS * (side + 2 * RIM);
        int size = stride * (side + 2 * RIM);
        if (values.length < size || values.length / WASTE > size) {
            values = new float[size];
        }
        var r = changed.face().first().values();
        var g = changed.face().second().values();
        var b = changed.face().third().values();
        var mask = changed.mask().values();
        for (int y = 0; y < side; y++) {
            int to = (y + RIM) * stride + RIM * CHANNELS;
            int end = (y + 1) * side;
            for (int from = y * side; from < end; from++) {
                values[to] = r[from];
                values[to + 1] = g[from];
                values[to + 2] = b[from];
                values[to + MASK] = mask[from];
                to += CHANNELS;
            }
            repeatEnds((y + RIM) * stride, side);
        }
        repeatRows(side);
    }

    private void repeatEnds(int row, int side) {
        for (int i = 0; i < RIM; i++) {
            repeat(row + RIM * CHANNELS, row + i * CHANNELS);
            repeat(row + (RIM + side - 1) * CHANNELS, row + (RIM + side + i) * CHANNELS);
        }
    }

    private void repeat(int from, int to) {
        values[to] = values[from];
        values[to + 1] = values[from + 1];
        values[to + 2] = values[from + 2];
        values[to + MASK] = 0;
    }

    private void repeatRows(int side) {
        for (int i = 0; i < RIM; i++) {
            repeatRow(RIM, i);
            repeatRow(RIM + side - 1, RIM + side + i);
        }
    }

    private void repeatRow(int from, int to) {
        System.arraycopy(values, from * stride, values, to * stride, stride);
        for (int at = to * stride + MASK; at < (to + 1) * stride; at += CHANNELS) {
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

package dev.facefusion.runtime.engine.paste;

import dev.facefusion.runtime.engine.geometry.Affine;

/// Where the pixels of one row lie in a [PaddedCrop]: the upper left of the four neighbours and the
/// shares of the others.
final class Places {

    /// OpenCV's: places are summed in 1/1024 of a pixel and rounded to 1/32.
    private static final double SUM = 1024;

    private static final int SUM_TO_STEP = 5;
    private static final int STEPS = 32;

    private final int channels;
    private int[] at = {};
    private float[] across = {};
    private float[] down = {};

    /// @param channels of the crop
    Places(int channels) {
        this.channels = channels;
    }

    void reserve(int width) {
        if (at.length < width) {
            at = new int[width];
            across = new float[width];
            down = new float[width];
        }
    }

    /// The exact places.
    void exact(Affine toCrop, int row, RowSpan span, int stride) {
        double startX = toCrop.x(0, row) + PaddedCrop.RIM;
        double startY = toCrop.y(0, row) + PaddedCrop.RIM;
        for (int i = span.first(); i < span.end(); i++) {
            double x = startX + toCrop.xx() * i;
            double y = startY + toCrop.yx() * i;
            // Above 0, so that cutting off is rounding down.
            int column = (int) x;
            int line = (int) y;
            at[i] = line * stride + column * channels;
            across[i] = (float) (x - column);
            down[i] = (float) (y - line);
        }
    }

    /// The places rounded to 1/32 of a pixel as OpenCV rounds them: the row's start and the way
    /// along the row each on its own first.
    void stepped(Affine toCrop, int row, RowSpan span, int stride) {
        int startX = start(toCrop.x(0, row));
        int startY = start(toCrop.y(0, row));
        for (int i = span.first(); i < span.end(); i++) {
            int x = (startX + (int) Math.rint(toCrop.xx() * i * SUM)) >> SUM_TO_STEP;
            int y = (startY + (int) Math.rint(toCrop.yx() * i * SUM)) >> SUM_TO_STEP;
            at[i] = (y / STEPS) * stride + (x / STEPS) * channels;
            across[i] = (x % STEPS) / (float) STEPS;
            down[i] = (y % STEPS) / (float) STEPS;
        }
    }

    private static int start(double place) {
        int half = 1 << (SUM_TO_STEP - 1);
        return (int) (Math.rint(place * SUM) + PaddedCrop.RIM * SUM) + half;
    }

    int[] at() {
        return at;
    }

    float[] across() {
        return across;
    }

    float[] down() {
        return down;
    }
}

package dev.facefusion.runtime.engine.image;

import java.util.Arrays;

/// Contrast limited adaptive histogram equalisation of 8-bit values, on a grid of 8 x 8 tiles with
/// a clip limit of 2, as OpenCV does it.
///
/// Each tile's histogram is cut off at the limit, what is cut off is spread over all values, and
/// the sums of the histogram are the tile's curve. A pixel's value is interpolated between the
/// curves of the four tiles around it.
public final class Clahe {

    private static final int GRID = 8;
    private static final int LEVELS = 256;
    private static final int CLIP_LIMIT = 2;

    private final int[][] curves = new int[GRID * GRID][LEVELS];

    /// Equalises in place.
    ///
    /// @param plane whole numbers, 0 to 255; its sides are multiples of 8
    public void equalise(Plane plane) {
        if (plane.width() % GRID != 0 || plane.height() % GRID != 0) {
            throw new IllegalArgumentException(
                    "no whole tiles in %d x %d".formatted(plane.width(), plane.height()));
        }
        int width = plane.width() / GRID;
        int height = plane.height() / GRID;
        for (int tile = 0; tile < GRID * GRID; tile++) {
            var curve = curves[tile];
            Arrays.fill(curve, 0);
            int left = tile % GRID * width;
            int top = tile / GRID * height;
            for (int y = top; y < top + height; y++) {
                for (int x = left; x < left + width; x++) {
                    curve[(int) plane.values()[y * plane.width() + x]]++;
                }
            }
            limit(curve, Math.max(1, CLIP_LIMIT * width * height / LEVELS));
            accumulate(curve, (float) (LEVELS - 1) / (width * height));
        }
        interpolate(plane, width, height);
    }

    private static void limit(int[] histogram, int limit) {
        int cut = 0;
        for (int level = 0; level < LEVELS; level++) {
            int excess = Math.max(0, histogram[level] - limit);
            histogram[level] -= excess;
            cut += excess;
        }
        for (int level = 0; level < LEVELS; level++) {
            histogram[level] += cut / LEVELS;
        }
        int rest = cut % LEVELS;
        if (rest > 0) {
            int step = Math.max(1, LEVELS / rest);
            for (int level = 0; level < LEVELS && rest > 0; level += step) {
                histogram[level]++;
                rest--;
            }
        }
    }

    private static void accumulate(int[] histogram, float scale) {
        int sum = 0;
        for (int level = 0; level < LEVELS; level++) {
            sum += histogram[level];
            histogram[level] = Math.min(LEVELS - 1, (int) Math.rint(sum * scale));
        }
    }

    private void interpolate(Plane plane, int width, int height) {
        for (int y = 0; y < plane.height(); y++) {
            float row = (float) y / height - 0.5f;
            int above = (int) Math.floor(row);
            float down = row - above;
            int upper = Math.max(above, 0) * GRID;
            int lower = Math.min(above + 1, GRID - 1) * GRID;
            for (int x = 0; x < plane.width(); x++) {
                float column = (float) x / width - 0.5f;
                int before = (int) Math.floor(column);
                float across = column - before;
                int left = Math.max(before, 0);
                int right = Math.min(before + 1, GRID - 1);
                int at = y * plane.width() + x;
                int level = (int) plane.values()[at];
                float high =
                        curves[upper + left][level] * (1 - across)
                                + curves[upper + right][level] * across;
                float low =
                        curves[lower + left][level] * (1 - across)
                                + curves[lower + right][level] * across;
                plane.values()[at] = (float) Math.rint(high * (1 - down) + low * down);
            }
        }
    }
}

package dev.facefusion.runtime.engine.image;

import java.util.Arrays;

/// Reads frames between their pixels, along a line, by linear interpolation. Keeps buffers: for one
/// thread.
///
/// What is interpolated is Y, Cb and Cr: RGB is made of the result only. A chroma sample counts for
/// each pixel of its block.
final class YuvSampler {

    /// Places are summed in 2^-32 of a pixel, and read in 2^-8.
    private static final double ONE = 0x1p32;

    private static final int FRACTION_SHIFT = 24;

    /// Y, Cb and Cr are kept in 2^-8, factors in 2^-13: a sum of three products stays below 2^31.
    private static final int FACTOR_SHIFT = 13;

    private static final int VALUE_SHIFT = 8;
    private static final int SHIFT = FACTOR_SHIFT + VALUE_SHIFT;
    private static final int CENTRE = 128 << VALUE_SHIFT;

    private final int black;
    private final YuvFactors factors;

    private int[] light = {};
    private int[] cb = {};
    private int[] cr = {};
    private int[] rgb = {};
    private int[] lightRow = {};
    private int[] cbRow = {};
    private int[] crRow = {};

    YuvSampler(YuvColour colour) {
        black = colour.black();
        factors = YuvFactors.of(colour, FACTOR_SHIFT, VALUE_SHIFT);
    }

    /// Reads `count` places, the first of them at `x` and `y` in pixels, from centre to centre.
    ///
    /// @return a [PackedRow]; the next call overwrites it
    int[] along(
            YuvPicture frame,
            Border border,
            double x,
            double y,
            double stepX,
            double stepY,
            int count) {
        reserve(count);
        long placeX = (long) Math.floor(x * ONE);
        long placeY = (long) Math.floor(y * ONE);
        long farX = (long) (stepX * ONE);
        long farY = (long) (stepY * ONE);
        boolean level = farY == 0 && farX > 0;
        if (level && inside(frame, placeX, placeX + (count - 1) * farX, placeY)) {
            if (isWhole(placeX) && isWhole(farX) && isWhole(placeY)) {
                exact(frame, (int) (placeX >> 32), (int) (farX >> 32), (int) (placeY >> 32), count);
            } else {
                level(frame, placeX, farX, placeY, count);
            }
        } else if (level && border == Border.BLACK && misses(frame, (int) (placeY >> 32))) {
            Arrays.fill(light, 0, count, black << VALUE_SHIFT);
            Arrays.fill(cb, 0, count, CENTRE);
            Arrays.fill(cr, 0, count, CENTRE);
        } else {
            slanted(frame, border, placeX, farX, placeY, farY, count);
        }
        convert(count);
        return rgb;
    }

    private void reserveRows(int width) {
        if (lightRow.length < width) {
            lightRow = new int[width];
            cbRow = new int[width];
            crRow = new int[width];
        }
    }

    private void reserve(int count) {
        if (rgb.length < count) {
            light = new int[count];
            cb = new int[count];
            cr = new int[count];
            rgb = new int[count];
        }
    }

    private static boolean inside(YuvPicture frame, long first, long last, long row) {
        return first >= 0
                && last >> 32 < frame.width() - 1
                && row >= 0
                && row >> 32 < frame.height() - 1;
    }

    /// Whether a row lies above the frame or below it.
    private static boolean misses(YuvPicture frame, int top) {
        return top < -1 || top >= frame.height();
    }

    private static boolean isWhole(long place) {
        return (int) place == 0;
    }

    /// Places of pixels in one row, as where 1920 become 640.
    private void exact(YuvPicture frame, int firstX, int farX, int y, int count) {
        var planes = frame.planes();
        int row = frame.luma(0, y);
        int blocks = frame.chroma(0, y);
        int plane = frame.chromaPlane();
        int x = firstX;
        for (int i = 0; i < count; i++) {
            int block = blocks + (x >> 1);
            light[i] = (planes[row + x] & 0xFF) << 8;
            cb[i] = (planes[block] & 0xFF) << 8;
            cr[i] = (planes[block + plane] & 0xFF) << 8;
            x += farX;
        }
    }

    /// Places in one row, from left to right: first all of the row is interpolated downwards.
    private void level(YuvPicture frame, long firstX, long farX, long placeY, int count) {
        int from = (int) (firstX >> 32) & ~1;
        int end = (int) ((firstX + (count - 1) * farX) >> 32) + 2;
        int top = (int) (placeY >> 32);
        int down = (int) placeY >>> FRACTION_SHIFT;
        int width = end - from;
        int blocks = (width + 1) / 2;
        reserveRows(width);
        var planes = frame.planes();
        int above = frame.luma(from, top);
        downwards(planes, above, above + frame.width(), down, width, lightRow);
        int upper = frame.chroma(from, top);
        int lower = frame.chroma(from, top + 1);
        int plane = frame.chromaPlane();
        downwards(planes, upper, lower, down, blocks, cbRow);
        downwards(planes, upper + plane, lower + plane, down, blocks, crRow);
        long placeX = firstX - ((long) from << 32);
        for (int i = 0; i < count; i++) {
            int left = (int) (placeX >> 32);
            int right = (int) placeX >>> FRACTION_SHIFT;
            int block = left >> 1;
            int next = (left + 1) >> 1;
            light[i] = lightRow[left] + ((right * (lightRow[left + 1] - lightRow[left])) >> 8);
            cb[i] = cbRow[block] + ((right * (cbRow[next] - cbRow[block])) >> 8);
            cr[i] = crRow[block] + ((right * (crRow[next] - crRow[block])) >> 8);
            placeX += farX;
        }
    }

    private static void downwards(
            byte[] samples, int above, int below, int down, int count, int[] to) {
        for (int i = 0; i < count; i++) {
            int upper = samples[above + i] & 0xFF;
            to[i] = (upper << 8) + down * ((samples[below + i] & 0xFF) - upper);
        }
    }

    private void slanted(
            YuvPicture frame,
            Border border,
            long firstX,
            long farX,
            long firstY,
            long farY,
            int count) {
        long placeX = firstX;
        long placeY = firstY;
        for (int i = 0; i < count; i++) {
            int left = (int) (placeX >> 32);
            int top = (int) (placeY >> 32);
            int right = ((int) placeX >>> FRACTION_SHIFT);
            int down = ((int) placeY >>> FRACTION_SHIFT);
            if ((left | top) < 0 || left >= frame.width() - 1 || top >= frame.height() - 1) {
                edge(frame, border, left, top, right, down, i);
            } else {
                between(frame, left, top, right, down, i);
            }
            placeX += farX;
            placeY += farY;
        }
    }

    private void between(YuvPicture frame, int left, int top, int right, int down, int to) {
        var planes = frame.planes();
        int above = frame.luma(left, top);
        int below = above + frame.width();
        light[to] =
                mixed(
                        planes[above],
                        planes[above + 1],
                        planes[below],
                        planes[below + 1],
                        right,
                        down);
        int a = frame.chroma(left, top);
        int b = frame.chroma(left + 1, top);
        int c = frame.chroma(left, top + 1);
        int d = frame.chroma(left + 1, top + 1);
        int plane = frame.chromaPlane();
        cb[to] = mixed(planes[a], planes[b], planes[c], planes[d], right, down);
        cr[to] =
                mixed(
                        planes[a + plane],
                        planes[b + plane],
                        planes[c + plane],
                        planes[d + plane],
                        right,
                        down);
    }

    /// Between four bytes.
    ///
    /// @return in 2^-8
    private static int mixed(byte a, byte b, byte c, byte d, int right, int down) {
        int upper = ((a & 0xFF) << 8) + right * ((b & 0xFF) - (a & 0xFF));
        int lower = ((c & 0xFF) << 8) + right * ((d & 0xFF) - (c & 0xFF));
        return upper + ((down * (lower - upper)) >> 8);
    }

    private void edge(
            YuvPicture frame, Border border, int left, int top, int right, int down, int to) {
        int luminance = 0;
        int blue = 0;
        int red = 0;
        for (int corner = 0; corner < 4; corner++) {
            int x = left + (corner & 1);
            int y = top + (corner >> 1);
            int share =
                    ((corner & 1) == 0 ? 256 - right : right) * (corner < 2 ? 256 - down : down);
            boolean outside = x < 0 || y < 0 || x >= frame.width() || y >= frame.height();
            if (outside && border == Border.BLACK) {
                luminance += share * black;
                blue += share * 128;
                red += share * 128;
            } else {
                int column = Math.clamp(x, 0, frame.width() - 1);
                int row = Math.clamp(y, 0, frame.height() - 1);
                int chroma = frame.chroma(column, row);
                luminance += share * (frame.planes()[frame.luma(column, row)] & 0xFF);
                blue += share * (frame.planes()[chroma] & 0xFF);
                red += share * (frame.planes()[chroma + frame.chromaPlane()] & 0xFF);
            }
        }
        light[to] = luminance >> 8;
        cb[to] = blue >> 8;
        cr[to] = red >> 8;
    }

    // In steps of their own, as YuvRows does it and for the same reason.
    private void convert(int count) {
        int luma = factors.luma();
        int base = factors.base();
        int redOfCr = factors.redOfCr();
        int greenOfCb = factors.greenOfCb();
        int greenOfCr = factors.greenOfCr();
        int blueOfCb = factors.blueOfCb();
        for (int i = 0; i < count; i++) {
            light[i] = luma * light[i] + base;
            cb[i] -= CENTRE;
            cr[i] -= CENTRE;
        }
        for (int i = 0; i < count; i++) {
            rgb[i] = YuvRows.clamped((light[i] + redOfCr * cr[i]) >> SHIFT);
        }
        for (int i = 0; i < count; i++) {
            int green = light[i] - greenOfCb * cb[i] - greenOfCr * cr[i];
            rgb[i] |= YuvRows.clamped(green >> SHIFT) << 8;
        }
        for (int i = 0; i < count; i++) {
            rgb[i] |= YuvRows.clamped((light[i] + blueOfCb * cb[i]) >> SHIFT) << 16;
        }
    }
}

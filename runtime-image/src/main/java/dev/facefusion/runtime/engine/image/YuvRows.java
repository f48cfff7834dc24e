package dev.facefusion.runtime.engine.image;

/// Two rows of a frame at a time as RGB, each a [PackedRow].
///
/// `R = (Y - black) / scale + (1 - Kr) / chromaScale * (Cr - 128)` and so on, in fixed point. Each
/// step is a loop of its own over whole rows: loops as short as these are carried out on many
/// pixels at once, a loop of all steps is not.
final class YuvRows {

    private static final int SHIFT = 16;

    private final YuvFactors factors;

    private int[] upper = {};
    private int[] lower = {};
    private int[] light = {};
    private int[] cb = {};
    private int[] cr = {};
    private int[] green = {};

    YuvRows(YuvColour colour) {
        factors = YuvFactors.of(colour, SHIFT, 0);
    }

    /// Reads the row `y`, which is even, and the next, both from `left` to before `right`, even
    /// too.
    void read(YuvPicture frame, int y, int left, int right) {
        int width = right - left;
        reserve(width);
        var planes = frame.planes();
        int chroma = frame.chroma(left, y);
        twice(planes, chroma, width, cb);
        twice(planes, chroma + frame.chromaPlane(), width, cr);
        int base = factors.base();
        int ofCb = factors.greenOfCb();
        int ofCr = factors.greenOfCr();
        for (int x = 0; x < width; x++) {
            green[x] = base - ofCb * cb[x] - ofCr * cr[x];
        }
        scale(cr, width, factors.redOfCr());
        scale(cb, width, factors.blueOfCb());
        row(planes, frame.luma(left, y), width, upper);
        row(planes, frame.luma(left, y + 1), width, lower);
    }

    /// The first of the two rows; the next call overwrites it.
    int[] upper() {
        return upper;
    }

    /// The second.
    int[] lower() {
        return lower;
    }

    private void reserve(int width) {
        if (upper.length < width) {
            upper = new int[width];
            lower = new int[width];
            light = new int[width];
            cb = new int[width];
            cr = new int[width];
            green = new int[width];
        }
    }

    private static void twice(byte[] samples, int from, int width, int[] to) {
        for (int x = 0; x < width; x += 2) {
            int value = (samples[from + (x >> 1)] & 0xFF) - 128;
            to[x] = value;
            to[x + 1] = value;
        }
    }

    private void scale(int[] values, int width, int factor) {
        int base = factors.base();
        for (int x = 0; x < width; x++) {
            values[x] = base + factor * values[x];
        }
    }

    private void row(byte[] planes, int from, int width, int[] to) {
        int luma = factors.luma();
        for (int x = 0; x < width; x++) {
            light[x] = luma * (planes[from + x] & 0xFF);
        }
        for (int x = 0; x < width; x++) {
            to[x] = clamped((light[x] + cr[x]) >> SHIFT);
        }
        for (int x = 0; x < width; x++) {
            to[x] |= clamped((light[x] + green[x]) >> SHIFT) << 8;
        }
        for (int x = 0; x < width; x++) {
            to[x] |= clamped((light[x] + cb[x]) >> SHIFT) << 16;
        }
    }

    /// To 0 to 255. Math.clamp would keep the compiler from working on several pixels at once.
    static int clamped(int value) {
        int positive = value & ~(value >> 31);
        return (positive | ((255 - positive) >> 31)) & 0xFF;
    }
}

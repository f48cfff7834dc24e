package dev.facefusion.runtime.engine.image;

import java.util.Arrays;

/// Makes RGB of frames, and takes back what changed. Keeps a buffer: for one thread.
///
/// What did not change keeps its Y, Cb and Cr to the bit: a block of 2 x 2 pixels is written only
/// if its RGB is not what its Y, Cb and Cr stand for.
public final class YuvConversion {

    private static final int SHIFT = 16;
    private static final int HALF = 1 << (SHIFT - 1);

    /// Of the sum of a block's four pixels.
    private static final int BLOCK_SHIFT = SHIFT + 2;

    private static final int MIDDLE = (128 << BLOCK_SHIFT) + (1 << (BLOCK_SHIFT - 1));

    // To RGB: of Y above black, and of Cb and Cr above their middle.
    private final int black;
    private final int luma;
    private final int redOfCr;
    private final int greenOfCb;
    private final int greenOfCr;
    private final int blueOfCb;

    // From RGB.
    private final int lumaOfRed;
    private final int lumaOfGreen;
    private final int lumaOfBlue;
    private final int cbOfRed;
    private final int cbOfGreen;
    private final int cbOfBlue;
    private final int crOfRed;
    private final int crOfGreen;
    private final int crOfBlue;

    private byte[] rows = new byte[0];

    public YuvConversion(YuvColour colour) {
        double red = colour.redWeight();
        double green = colour.greenWeight();
        double blue = colour.blueWeight();
        double y = colour.lumaScale();
        double c = colour.chromaScale();
        black = colour.black();
        luma = fixed(1 / y);
        redOfCr = fixed((1 - red) / c);
        blueOfCb = fixed((1 - blue) / c);
        greenOfCb = fixed(blue * (1 - blue) / green / c);
        greenOfCr = fixed(red * (1 - red) / green / c);
        lumaOfRed = fixed(y * red);
        lumaOfGreen = fixed(y * green);
        lumaOfBlue = fixed(y * blue);
        cbOfRed = fixed(c * red / (1 - blue));
        cbOfGreen = fixed(c * green / (1 - blue));
        cbOfBlue = fixed(c);
        crOfRed = fixed(c);
        crOfGreen = fixed(c * green / (1 - red));
        crOfBlue = fixed(c * blue / (1 - red));
    }

    private static int fixed(double factor) {
        return (int) Math.round(factor * (1 << SHIFT));
    }

    /// Writes the whole frame as RGB into a picture of the same size.
    public void read(YuvPicture frame, Picture into) {
        int stride = 3 * frame.width();
        for (int y = 0; y < frame.height(); y += 2) {
            read(frame, y, 0, frame.width(), into.rgb(), y * stride, stride);
        }
    }

    /// Takes what changed from the picture into the frame that the picture was read from.
    ///
    /// @param box only what is in here is looked at
    public void write(Picture changed, PixelBox box, YuvPicture frame) {
        int left = Math.max(0, box.left()) & ~1;
        int top = Math.max(0, box.top()) & ~1;
        int right = Math.min(frame.width(), (box.right() + 1) & ~1);
        int bottom = Math.min(frame.height(), (box.bottom() + 1) & ~1);
        int length = 3 * (right - left);
        if (length <= 0) {
            return;
        }
        if (rows.length < 2 * length) {
            rows = new byte[2 * length];
        }
        int stride = 3 * frame.width();
        for (int y = top; y < bottom; y += 2) {
            read(frame, y, left, right, rows, 0, length);
            int upper = y * stride + 3 * left;
            int lower = upper + stride;
            var rgb = changed.rgb();
            if (Arrays.equals(rgb, upper, upper + length, rows, 0, length)
                    && Arrays.equals(rgb, lower, lower + length, rows, length, 2 * length)) {
                continue;
            }
            for (int x = left; x < right; x += 2) {
                int at = 3 * (x - left);
                if (differs(rgb, upper + at, rows, at)
                        || differs(rgb, lower + at, rows, length + at)) {
                    write(rgb, upper + at, lower + at, frame, x, y);
                }
            }
        }
    }

    private static boolean differs(byte[] a, int atA, byte[] b, int atB) {
        return a[atA] != b[atB]
                || a[atA + 1] != b[atB + 1]
                || a[atA + 2] != b[atB + 2]
                || a[atA + 3] != b[atB + 3]
                || a[atA + 4] != b[atB + 4]
                || a[atA + 5] != b[atB + 5];
    }

    /// Two rows of the frame as RGB.
    private void read(
            YuvPicture frame, int y, int left, int right, byte[] rgb, int offset, int stride) {
        var planes = frame.planes();
        int upper = frame.luma(left, y);
        int lower = upper + frame.width();
        int cb = frame.chroma(left, y);
        int cr = cb + frame.chromaPlane();
        int to = offset;
        for (int x = left; x < right; x += 2) {
            int blueness = (planes[cb++] & 0xFF) - 128;
            int redness = (planes[cr++] & 0xFF) - 128;
            int base = HALF - luma * black;
            int red = base + redOfCr * redness;
            int green = base - greenOfCb * blueness - greenOfCr * redness;
            int blue = base + blueOfCb * blueness;
            store(luma * (planes[upper] & 0xFF), red, green, blue, rgb, to);
            store(luma * (planes[upper + 1] & 0xFF), red, green, blue, rgb, to + 3);
            store(luma * (planes[lower] & 0xFF), red, green, blue, rgb, to + stride);
            store(luma * (planes[lower + 1] & 0xFF), red, green, blue, rgb, to + stride + 3);
            upper += 2;
            lower += 2;
            to += 6;
        }
    }

    private static void store(int luma, int red, int green, int blue, byte[] rgb, int to) {
        rgb[to] = (byte) clamped((luma + red) >> SHIFT);
        rgb[to + 1] = (byte) clamped((luma + green) >> SHIFT);
        rgb[to + 2] = (byte) clamped((luma + blue) >> SHIFT);
    }

    private static int clamped(int value) {
        return Math.max(0, Math.min(255, value));
    }

    private void write(byte[] rgb, int upper, int lower, YuvPicture frame, int x, int y) {
        var planes = frame.planes();
        int above = frame.luma(x, y);
        int below = above + frame.width();
        planes[above] = (byte) luma(rgb, upper);
        planes[above + 1] = (byte) luma(rgb, upper + 3);
        planes[below] = (byte) luma(rgb, lower);
        planes[below + 1] = (byte) luma(rgb, lower + 3);
        int red = sum(rgb, upper, lower);
        int green = sum(rgb, upper + 1, lower + 1);
        int blue = sum(rgb, upper + 2, lower + 2);
        int chroma = frame.chroma(x, y);
        int cb = MIDDLE - cbOfRed * red - cbOfGreen * green + cbOfBlue * blue;
        int cr = MIDDLE + crOfRed * red - crOfGreen * green - crOfBlue * blue;
        planes[chroma] = (byte) clamped(cb >> BLOCK_SHIFT);
        planes[chroma + frame.chromaPlane()] = (byte) clamped(cr >> BLOCK_SHIFT);
    }

    private int luma(byte[] rgb, int at) {
        int luma =
                lumaOfRed * (rgb[at] & 0xFF)
                        + lumaOfGreen * (rgb[at + 1] & 0xFF)
                        + lumaOfBlue * (rgb[at + 2] & 0xFF);
        return black + ((luma + HALF) >> SHIFT);
    }

    /// Of one channel over a block.
    private static int sum(byte[] rgb, int upper, int lower) {
        return (rgb[upper] & 0xFF)
                + (rgb[upper + 3] & 0xFF)
                + (rgb[lower] & 0xFF)
                + (rgb[lower + 3] & 0xFF);
    }
}

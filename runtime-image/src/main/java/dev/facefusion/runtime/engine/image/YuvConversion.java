package dev.facefusion.runtime.engine.image;

import java.util.Arrays;
import java.util.Optional;

/// Makes RGB of frames, and takes back what changed. Keeps buffers: for one thread.
///
/// What did not change keeps its Y, Cb and Cr to the bit: a block of 2 x 2 pixels is written only
/// if its RGB is not what its Y, Cb and Cr stand for.
public final class YuvConversion {

    private static final int SHIFT = 16;
    private static final int HALF = 1 << (SHIFT - 1);

    /// Of the sum of a block's four pixels.
    private static final int BLOCK_SHIFT = SHIFT + 2;

    private static final int MIDDLE = (128 << BLOCK_SHIFT) + (1 << (BLOCK_SHIFT - 1));

    private final YuvColour colour;
    private final int black;
    private final int lumaOfRed;
    private final int lumaOfGreen;
    private final int lumaOfBlue;
    private final int cbOfRed;
    private final int cbOfGreen;
    private final int crOfGreen;
    private final int crOfBlue;
    // Of blue in Cb and of red in Cr.
    private final int chroma;

    private final YuvRows before;
    private final YuvSampler sampler;
    private int[] upper = {};
    private int[] lower = {};
    private int[] upperLuma = {};
    private int[] lowerLuma = {};
    private Optional<Picture> buffer = Optional.empty();

    public YuvConversion(YuvColour colour) {
        this.colour = colour;
        double red = colour.redWeight();
        double green = colour.greenWeight();
        double blue = colour.blueWeight();
        double y = colour.lumaScale();
        double c = colour.chromaScale();
        black = colour.black();
        lumaOfRed = fixed(y * red);
        lumaOfGreen = fixed(y * green);
        lumaOfBlue = fixed(y * blue);
        cbOfRed = fixed(c * red / (1 - blue));
        cbOfGreen = fixed(c * green / (1 - blue));
        crOfGreen = fixed(c * green / (1 - red));
        crOfBlue = fixed(c * blue / (1 - red));
        chroma = fixed(c);
        before = new YuvRows(colour);
        sampler = new YuvSampler(colour);
    }

    private static int fixed(double factor) {
        return YuvFactors.fixed(factor, SHIFT);
    }

    YuvColour colour() {
        return colour;
    }

    YuvSampler sampler() {
        return sampler;
    }

    /// Writes a part of a frame as RGB into a picture of the frame's size.
    public void read(YuvPicture frame, PixelBox part, Picture into) {
        var blocks = blocks(part, frame);
        for (int y = blocks.top(); y < blocks.bottom() && blocks.width() > 0; y += 2) {
            before.read(frame, y, blocks.left(), blocks.right());
            int to = 3 * (y * frame.width() + blocks.left());
            PackedRow.store(before.upper(), blocks.width(), into.rgb(), to);
            PackedRow.store(before.lower(), blocks.width(), into.rgb(), to + 3 * frame.width());
        }
    }

    /// A picture of the frame's size, the same for all frames of that size.
    Picture buffer(YuvPicture frame) {
        var kept =
                buffer.filter(picture ->
                        picture.width() == frame.width() && picture.height() == frame.height());
        buffer = kept.or(() -> Optional.of(Picture.black(frame.width(), frame.height())));
        return buffer.get();
    }

    /// The blocks of 2 x 2 pixels that a part of a frame touches.
    private static PixelBox blocks(PixelBox part, YuvPicture frame) {
        return new PixelBox(
                Math.max(0, part.left()) & ~1,
                Math.max(0, part.top()) & ~1,
                Math.min(frame.width(), (part.right() + 1) & ~1),
                Math.min(frame.height(), (part.bottom() + 1) & ~1));
    }

    /// Takes what changed from the picture into the frame that the picture was read from.
    ///
    /// @param part only what is in here is looked at
    public void write(Picture changed, PixelBox part, YuvPicture frame) {
        var blocks = blocks(part, frame);
        int left = blocks.left();
        int width = blocks.width();
        reserve(width);
        for (int y = blocks.top(); y < blocks.bottom() && width > 0; y += 2) {
            before.read(frame, y, left, blocks.right());
            int from = 3 * (y * frame.width() + left);
            PackedRow.load(changed.rgb(), from, width, upper);
            PackedRow.load(changed.rgb(), from + 3 * frame.width(), width, lower);
            if (differs(upper, before.upper(), width) || differs(lower, before.lower(), width)) {
                luma(upper, width, upperLuma);
                luma(lower, width, lowerLuma);
                write(frame, left, y, width);
            }
        }
    }

    private void reserve(int width) {
        if (upper.length < width) {
            upper = new int[width];
            lower = new int[width];
            upperLuma = new int[width];
            lowerLuma = new int[width];
        }
    }

    private static boolean differs(int[] row, int[] other, int width) {
        return !Arrays.equals(row, 0, width, other, 0, width);
    }

    private void luma(int[] row, int width, int[] luma) {
        int offset = (black << SHIFT) + HALF;
        for (int x = 0; x < width; x++) {
            luma[x] = offset + lumaOfRed * (row[x] & 0xFF) + lumaOfBlue * (row[x] >> 16);
        }
        for (int x = 0; x < width; x++) {
            luma[x] = (luma[x] + lumaOfGreen * ((row[x] >> 8) & 0xFF)) >> SHIFT;
        }
    }

    /// Writes the blocks of two rows that differ.
    private void write(YuvPicture frame, int left, int y, int width) {
        var planes = frame.planes();
        int above = frame.luma(left, y);
        int below = above + frame.width();
        int cb = frame.chroma(left, y);
        int cr = cb + frame.chromaPlane();
        var oldUpper = before.upper();
        var oldLower = before.lower();
        for (int x = 0; x < width; x += 2) {
            int a = upper[x];
            int b = upper[x + 1];
            int c = lower[x];
            int d = lower[x + 1];
            if (a != oldUpper[x]
                    || b != oldUpper[x + 1]
                    || c != oldLower[x]
                    || d != oldLower[x + 1]) {
                planes[above + x] = (byte) upperLuma[x];
                planes[above + x + 1] = (byte) upperLuma[x + 1];
                planes[below + x] = (byte) lowerLuma[x];
                planes[below + x + 1] = (byte) lowerLuma[x + 1];
                int redAndBlue = (a & 0xFF00FF) + (b & 0xFF00FF) + (c & 0xFF00FF) + (d & 0xFF00FF);
                int red = redAndBlue & 0xFFFF;
                int blue = redAndBlue >> 16;
                int green =
                        ((a >> 8) & 0xFF)
                                + ((b >> 8) & 0xFF)
                                + ((c >> 8) & 0xFF)
                                + ((d >> 8) & 0xFF);
                int block = x >> 1;
                planes[cb + block] = chroma(chroma * blue - cbOfRed * red - cbOfGreen * green);
                planes[cr + block] = chroma(chroma * red - crOfGreen * green - crOfBlue * blue);
            }
        }
    }

    /// @param difference from the middle, of a block's four pixels
    private static byte chroma(int difference) {
        return (byte) Math.clamp((MIDDLE + difference) >> BLOCK_SHIFT, 0, 255);
    }
}

package dev.facefusion.runtime.engine.image;

import dev.facefusion.runtime.engine.geometry.QuarterTurn;
import java.util.function.Consumer;

/// A picture of 8-bit sRGB: R, G, B per pixel, row by row.
public final class Picture implements Canvas {

    private final int width;
    private final int height;
    private final byte[] rgb;

    private Picture(int width, int height, byte[] rgb) {
        this.width = width;
        this.height = height;
        this.rgb = rgb;
    }

    /// A black picture.
    public static Picture black(int width, int height) {
        return new Picture(width, height, new byte[Math.multiplyExact(3, width * height)]);
    }

    /// A picture over the given bytes, which it does not copy.
    public static Picture over(int width, int height, byte[] rgb) {
        if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
            throw new IllegalArgumentException(
                    "%d bytes are no picture of %d x %d".formatted(rgb.length, width, height));
        }
        return new Picture(width, height, rgb);
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return height;
    }

    /// The pixels themselves, not a copy.
    public byte[] rgb() {
        return rgb;
    }

    @Override
    public Picture picture() {
        return this;
    }

    @Override
    public void paint(PixelBox part, Consumer<Picture> brush) {
        brush.accept(this);
    }

    public Picture copy() {
        return new Picture(width, height, rgb.clone());
    }

    /// This picture turned.
    public Picture turned(QuarterTurn turn) {
        return switch (turn) {
            case NONE -> this;
            case LEFT -> rearranged(height, width, 3 * (width - 1), 3 * width, -3);
            case RIGHT -> rearranged(height, width, 3 * width * (height - 1), -3 * width, 3);
            case HALF -> rearranged(width, height, 3 * (width * height - 1), -3, -3 * width);
        };
    }

    /// This picture as in a mirror beside it.
    public Picture mirrored() {
        return rearranged(width, height, 3 * (width - 1), -3, 3 * width);
    }

    /// This picture's pixels in another order.
    ///
    /// @param start where the first pixel of the result comes from
    /// @param right step in this picture for one column of the result
    /// @param down step in this picture for one row of the result
    private Picture rearranged(int newWidth, int newHeight, int start, int right, int down) {
        var turned = black(newWidth, newHeight);
        int to = 0;
        for (int y = 0; y < newHeight; y++) {
            int from = start + y * down;
            for (int x = 0; x < newWidth; x++) {
                turned.rgb[to] = rgb[from];
                turned.rgb[to + 1] = rgb[from + 1];
                turned.rgb[to + 2] = rgb[from + 2];
                to += 3;
                from += right;
            }
        }
        return turned;
    }
}

package dev.facefusion.runtime.engine.masker;

import dev.facefusion.runtime.engine.image.Border;
import dev.facefusion.runtime.engine.image.GaussianBlur;
import dev.facefusion.runtime.engine.image.Plane;
import dev.facefusion.runtime.engine.options.Margins;

/// A crop without its soft edge.
///
/// It is blurred as OpenCV blurs floats, to the last bit: a row is summed up from its left, a
/// column from its middle outwards by fused multiplications. Far inside, the sum of the weights is
/// so either 1 or a little less, and a paste that cuts off the fraction shows it in the whole face.
///
/// @param side of the crop, pixels
/// @param blur this share of half the crop fades out, 0 to 1
/// @param padding left out, in percent of the crop; an edge is at least half the fading wide
public record BoxMask(int side, double blur, Margins padding) {

    private static final float[] SHARP = {1};

    /// 1 inside, 0 outside, the edge between them blurred.
    public Plane draw() {
        int fade = (int) (side * 0.5 * blur);
        int edge = Math.max(fade / 2, 1);
        var kernel = fade > 0 ? GaussianBlur.kernel(fade * 0.25) : SHARP;
        var row =
                row(
                        kernel,
                        Math.max(edge, share(padding.left())),
                        side - Math.max(edge, share(padding.right())));
        int top = Math.max(edge, share(padding.top()));
        int bottom = side - Math.max(edge, share(padding.bottom()));
        var box = new Plane().reshape(side, side);
        var inside = new int[kernel.length];
        for (int y = 0; y < side; y++) {
            for (int k = 0; k < kernel.length; k++) {
                inside[k] = inside(y + k, top, bottom) + (k > 0 ? inside(y - k, top, bottom) : 0);
            }
            int to = y * side;
            for (int x = 0; x < side; x++) {
                box.values()[to + x] =
                        x > 0 && row[x] == row[x - 1]
                                ? box.values()[to + x - 1]
                                : column(kernel, inside, row[x]);
            }
        }
        return box;
    }

    private float[] row(float[] kernel, int left, int right) {
        var row = new float[side];
        for (int x = 0; x < side; x++) {
            for (int k = 1 - kernel.length; k < kernel.length; k++) {
                row[x] += inside(x + k, left, right) * kernel[Math.abs(k)];
            }
        }
        return row;
    }

    /// @param inside how many of the two rows so far away are in the box
    private static float column(float[] kernel, int[] inside, float value) {
        float sum = inside[0] * value * kernel[0];
        for (int k = 1; k < kernel.length; k++) {
            sum = Math.fma(inside[k] * value, kernel[k], sum);
        }
        return Math.min(sum, 1);
    }

    private int inside(int at, int first, int end) {
        int mirrored = Border.reflect(at, side);
        return mirrored >= first && mirrored < end ? 1 : 0;
    }

    private int share(int percent) {
        return side * percent / 100;
    }
}

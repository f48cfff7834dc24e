package dev.facefusion.runtime.engine.image;

import java.util.Arrays;

/// Gaussian blur of a plane, mirrored at the edges.
///
/// Each of the two passes runs down the columns and hands its result on transposed. So both run
/// over whole rows at once, and the second turns the picture back.
public final class GaussianBlur {

    /// Half the kernel's length in sigmas, OpenCV's for floats.
    private static final double REACH = 4;

    /// Buffers this many times too large are given back to the garbage collector.
    private static final int WASTE = 8;

    /// New buffers have room for planes larger by a part in so many, as in [Plane].
    private static final int SLACK = 8;

    private float[][] rows = {};
    private float[][] columns = {};
    private float[] sum = {};

    /// How far a pixel's value spreads.
    public static int radius(double sigma) {
        return ((int) Math.rint(sigma * REACH * 2 + 1) | 1) / 2;
    }

    /// Blurs the whole plane.
    public void blur(Plane source, double sigma, Plane target) {
        blur(source, sigma, target, source.bounds());
    }

    /// Blurs what lies in the window; outside it the target stays undefined.
    ///
    /// @param target may be the source
    public void blur(Plane source, double sigma, Plane target, PixelBox window) {
        var kernel = kernel(sigma);
        int radius = kernel.length - 1;
        int width = source.width();
        int height = source.height();
        var reach = window.grown(radius, source.bounds());

        rows = lines(rows, height, width);
        for (int y = reach.top(); y < reach.bottom(); y++) {
            System.arraycopy(source.values(), y * width + reach.left(), rows[y], 0, reach.width());
        }
        columns = lines(columns, width, height);
        sum = sum.length < Math.max(width, height) ? new float[Math.max(width, height)] : sum;
        for (int y = window.top(); y < window.bottom(); y++) {
            filter(rows, height, y, kernel, reach.width());
            for (int x = 0; x < reach.width(); x++) {
                columns[reach.left() + x][y - window.top()] = sum[x];
            }
        }
        var values = target.reshape(source).values();
        for (int x = window.left(); x < window.right(); x++) {
            filter(columns, width, x, kernel, window.height());
            int to = window.top() * width + x;
            for (int y = 0; y < window.height(); y++) {
                values[to] = sum[y];
                to += width;
            }
        }
    }

    /// The weighted sum of the lines around `at`, in `sum`.
    private void filter(float[][] lines, int count, int at, float[] kernel, int length) {
        var centre = lines[at];
        float weight = kernel[0];
        for (int i = 0; i < length; i++) {
            sum[i] = weight * centre[i];
        }
        int k = 1;
        for (; k + 1 < kernel.length; k += 2) {
            addFour(
                    lines[Border.reflect(at - k, count)],
                    lines[Border.reflect(at + k, count)],
                    kernel[k],
                    lines[Border.reflect(at - k - 1, count)],
                    lines[Border.reflect(at + k + 1, count)],
                    kernel[k + 1],
                    sum,
                    length);
        }
        if (k < kernel.length) {
            var before = lines[Border.reflect(at - k, count)];
            var after = lines[Border.reflect(at + k, count)];
            weight = kernel[k];
            for (int i = 0; i < length; i++) {
                sum[i] += weight * (before[i] + after[i]);
            }
        }
    }

    private static void addFour(
            float[] a, float[] b, float near, float[] c, float[] d, float far, float[] sum, int n) {
        for (int i = 0; i < n; i++) {
            sum[i] += near * (a[i] + b[i]) + far * (c[i] + d[i]);
        }
    }

    /// The kernel from its centre outwards.
    public static float[] kernel(double sigma) {
        int radius = radius(sigma);
        var weights = new double[radius + 1];
        double total = 0;
        for (int i = 0; i <= radius; i++) {
            weights[i] = Math.exp(-0.5 * i * i / (sigma * sigma));
            total += i == 0 ? weights[i] : 2 * weights[i];
        }
        var kernel = new float[radius + 1];
        for (int i = 0; i <= radius; i++) {
            kernel[i] = (float) (weights[i] / total);
        }
        return kernel;
    }

    /// Lines to fill, the old ones if they fit and are not far too many.
    private static float[][] lines(float[][] lines, int count, int length) {
        if (lines.length >= count && lines[0].length >= length) {
            long size = (long) lines.length * lines[0].length;
            if (size / WASTE <= (long) count * length) {
                return lines;
            }
        }
        var fresh = new float[count + count / SLACK][];
        Arrays.setAll(fresh, _ -> new float[length + length / SLACK]);
        return fresh;
    }
}

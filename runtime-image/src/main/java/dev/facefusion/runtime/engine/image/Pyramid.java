package dev.facefusion.runtime.engine.image;

/// Halving and doubling of a plane with the 1 4 6 4 1 kernel of Burt and Adelson.
public final class Pyramid {

    private float[] line = {};

    /// Blurs and drops every second row and column; odd sizes round up.
    public void down(Plane source, Plane target) {
        int width = source.width();
        int height = source.height();
        target.reshape((width + 1) / 2, (height + 1) / 2);
        line = line.length < width ? new float[width] : line;
        var from = source.values();
        for (int y = 0; y < target.height(); y++) {
            combine(
                    from,
                    Border.reflect(2 * y - 2, height) * width,
                    Border.reflect(2 * y - 1, height) * width,
                    2 * y * width,
                    Border.reflect(2 * y + 1, height) * width,
                    Border.reflect(2 * y + 2, height) * width,
                    width);
            halve(width, target.values(), y * target.width(), target.width());
        }
    }

    private void combine(float[] from, int a, int b, int c, int d, int e, int width) {
        var to = line;
        for (int x = 0; x < width; x++) {
            to[x] = (from[a + x] + from[e + x]) + 4 * (from[b + x] + from[d + x]) + 6 * from[c + x];
        }
    }

    private void halve(int width, float[] to, int offset, int count) {
        for (int x = 0; x < count; x++) {
            int centre = 2 * x;
            float sum;
            if (centre >= 2 && centre + 2 < width) {
                sum =
                        (line[centre - 2] + line[centre + 2])
                                + 4 * (line[centre - 1] + line[centre + 1])
                                + 6 * line[centre];
            } else {
                sum =
                        (at(centre - 2, width) + at(centre + 2, width))
                                + 4 * (at(centre - 1, width) + at(centre + 1, width))
                                + 6 * line[centre];
            }
            to[offset + x] = sum * (1f / 256);
        }
    }

    private float at(int x, int width) {
        return line[Border.reflect(x, width)];
    }

    /// Doubles the size and blurs.
    ///
    /// @param width of the result, twice the source's or one less
    /// @param height likewise
    public void up(Plane source, int width, int height, Plane target) {
        target.reshape(width, height);
        int small = source.width();
        line = line.length < small ? new float[small] : line;
        var from = source.values();
        for (int y = 0; y < height; y++) {
            int row = y / 2;
            int below = Math.min(row + 1, source.height() - 1) * small;
            if (y % 2 == 0) {
                int above = Border.reflect(row - 1, source.height()) * small;
                smooth(from, above, row * small, below, small);
            } else {
                between(from, row * small, below, small);
            }
            doubled(small, target.values(), y * width, width);
        }
    }

    private void smooth(float[] from, int a, int b, int c, int width) {
        var to = line;
        for (int x = 0; x < width; x++) {
            to[x] = (from[a + x] + from[c + x]) + 6 * from[b + x];
        }
    }

    private void between(float[] from, int a, int b, int width) {
        var to = line;
        for (int x = 0; x < width; x++) {
            to[x] = 4 * (from[a + x] + from[b + x]);
        }
    }

    private void doubled(int small, float[] to, int offset, int width) {
        for (int x = 0; x < small; x++) {
            float left = line[x > 0 ? x - 1 : Border.reflect(-1, small)];
            float right = line[x + 1 < small ? x + 1 : x];
            to[offset + 2 * x] = (left + right + 6 * line[x]) * (1f / 64);
            if (2 * x + 1 < width) {
                to[offset + 2 * x + 1] = (line[x] + right) * (4f / 64);
            }
        }
    }
}

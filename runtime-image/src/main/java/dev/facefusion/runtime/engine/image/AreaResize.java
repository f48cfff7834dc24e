package dev.facefusion.runtime.engine.image;

import java.util.Arrays;

/// Shrinking by area: each pixel of the result is the mean of what it covers.
public final class AreaResize {

    private float[] sums = {};

    /// Shrinks a whole picture.
    public Picture shrink(Picture source, int width, int height) {
        var target = Picture.black(width, height);
        shrink(
                source,
                new Grid((double) source.width() / width, (double) source.height() / height),
                target.bounds(),
                target,
                0,
                0);
        return target;
    }

    /// How many pixels of the source one of the result covers, both at least 1.
    public record Grid(double scaleX, double scaleY) {}

    /// Writes a part of the shrunk picture into another.
    ///
    /// @param part of the whole result, which the target gets at `left`, `top`
    public void shrink(
            Picture source, Grid grid, PixelBox part, Picture target, int left, int top) {
        var columns = Coverage.of(source.width(), part.left(), part.right(), grid.scaleX());
        var rows = Coverage.of(source.height(), part.top(), part.bottom(), grid.scaleY());
        int from = 3 * columns.first(0);
        int length = 3 * columns.end(part.width() - 1) - from;
        sums = sums.length < length ? new float[length] : sums;
        for (int y = 0; y < part.height(); y++) {
            for (int row = rows.first(y); row < rows.end(y); row++) {
                int at = 3 * row * source.width() + from;
                if (row == rows.first(y)) {
                    set(source.rgb(), at, rows.weight(y, row), length);
                } else {
                    add(source.rgb(), at, rows.weight(y, row), length);
                }
            }
            int to = 3 * ((top + y) * target.width() + left);
            for (int x = 0; x < part.width(); x++) {
                average(columns, x, from, target.rgb(), to + 3 * x);
            }
        }
    }

    private void set(byte[] rgb, int at, float weight, int length) {
        var to = sums;
        for (int i = 0; i < length; i++) {
            to[i] = weight * (rgb[at + i] & 0xFF);
        }
    }

    private void add(byte[] rgb, int at, float weight, int length) {
        var to = sums;
        for (int i = 0; i < length; i++) {
            to[i] += weight * (rgb[at + i] & 0xFF);
        }
    }

    private void average(Coverage columns, int x, int offset, byte[] rgb, int to) {
        float r = 0;
        float g = 0;
        float b = 0;
        int at = 3 * columns.first(x) - offset;
        for (int column = columns.first(x); column < columns.end(x); column++) {
            float weight = columns.weight(x, column);
            r += weight * sums[at];
            g += weight * sums[at + 1];
            b += weight * sums[at + 2];
            at += 3;
        }
        rgb[to] = (byte) (r + 0.5f);
        rgb[to + 1] = (byte) (g + 0.5f);
        rgb[to + 2] = (byte) (b + 0.5f);
    }

    /// Shrinks a part of a picture by a whole factor, which divides its width and height.
    public Picture shrinkPart(Picture source, PixelBox part, int factor) {
        var target = Picture.black(part.width() / factor, part.height() / factor);
        var sums = new int[3 * target.width()];
        for (int y = 0; y < target.height(); y++) {
            Arrays.fill(sums, 0);
            for (int row = part.top() + y * factor; row < part.top() + (y + 1) * factor; row++) {
                int from = 3 * (row * source.width() + part.left());
                for (int x = 0; x < part.width(); x++) {
                    int to = 3 * (x / factor);
                    sums[to] += source.rgb()[from + 3 * x] & 0xFF;
                    sums[to + 1] += source.rgb()[from + 3 * x + 1] & 0xFF;
                    sums[to + 2] += source.rgb()[from + 3 * x + 2] & 0xFF;
                }
            }
            int area = factor * factor;
            for (int i = 0; i < sums.length; i++) {
                target.rgb()[y * sums.length + i] = (byte) ((sums[i] + area / 2) / area);
            }
        }
        return target;
    }

    /// Shrinks a plane.
    public void shrink(Plane source, int width, int height, Plane target) {
        var columns = Coverage.of(source.width(), 0, width, (double) source.width() / width);
        var rows = Coverage.of(source.height(), 0, height, (double) source.height() / height);
        target.reshape(width, height);
        int length = source.width();
        sums = sums.length < length ? new float[length] : sums;
        for (int y = 0; y < height; y++) {
            Arrays.fill(sums, 0, length, 0);
            for (int row = rows.first(y); row < rows.end(y); row++) {
                add(source.values(), row * length, rows.weight(y, row), length);
            }
            for (int x = 0; x < width; x++) {
                float sum = 0;
                for (int column = columns.first(x); column < columns.end(x); column++) {
                    sum += columns.weight(x, column) * sums[column];
                }
                target.values()[y * width + x] = sum;
            }
        }
    }

    private void add(float[] from, int at, float weight, int length) {
        var to = sums;
        for (int i = 0; i < length; i++) {
            to[i] += weight * from[at + i];
        }
    }
}

package dev.facefusion.runtime.engine.image;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/// Lays a picture out for a detector: as it is or shrunk, in the top-left corner of a black square,
/// all of B, then G, then R.
///
/// The shrinking is linear interpolation between pixel centres, rounded to whole values as that of
/// 8-bit pictures is.
public final class CornerFit {

    private static final int CHANNELS = 3;

    private final float scale;
    private final float offset;
    private final Axis columns = new Axis();
    private final Axis rows = new Axis();
    private float[][] lines = new float[CHANNELS][0];

    /// @param scale a value becomes `value * scale + offset`
    public CornerFit(float scale, float offset) {
        this.scale = scale;
        this.offset = offset;
    }

    /// How much larger the view is than what was laid out.
    public record Ratio(double x, double y) {}

    /// Lays a view out.
    ///
    /// @param side of the square
    /// @param tensor at least `3 * side * side` values
    public Ratio lay(PictureView view, int side, FloatBuffer tensor) {
        int width = view.width();
        int height = view.height();
        if (width > side || height > side) {
            var scale = Math.min((double) side / height, (double) side / width);
            width = Math.max(1, (int) (width * scale));
            height = Math.max(1, (int) (height * scale));
        }
        lines = lines[0].length == side ? lines : new float[CHANNELS][side];
        for (var line : lines) {
            Arrays.fill(line, width, side, offset);
        }
        if (view.canvas() instanceof YuvCanvas frame && view.isPlain()) {
            layFrame(frame, width, height, side, tensor);
        } else {
            layView(view, width, height, side, tensor);
        }
        for (var line : lines) {
            Arrays.fill(line, offset);
        }
        for (int y = height; y < side; y++) {
            put(tensor, y, side);
        }
        return new Ratio((double) view.width() / width, (double) view.height() / height);
    }

    private void layFrame(YuvCanvas frame, int width, int height, int side, FloatBuffer tensor) {
        var across = (double) frame.width() / width;
        var down = (double) frame.height() / height;
        for (int y = 0; y < height; y++) {
            var row =
                    frame.along(
                            Border.REPLICATE,
                            0.5 * across - 0.5,
                            (y + 0.5) * down - 0.5,
                            across,
                            0,
                            width);
            for (int channel = 0; channel < CHANNELS; channel++) {
                take(row, 8 * (CHANNELS - 1 - channel), width, lines[channel]);
            }
            put(tensor, y, side);
        }
    }

    private void take(int[] row, int shift, int width, float[] line) {
        for (int x = 0; x < width; x++) {
            line[x] = ((row[x] >> shift) & 0xFF) * scale + offset;
        }
    }

    private void layView(PictureView view, int width, int height, int side, FloatBuffer tensor) {
        boolean plain = places(view, width, height);
        var rgb = view.canvas().picture().rgb();
        for (int y = 0; y < height; y++) {
            if (plain && columns.exact && rows.share[y] == 0) {
                exactLine(rgb, y, width);
            } else if (plain) {
                line(rgb, y, width);
            } else {
                framedLine(rgb, y, width);
            }
            put(tensor, y, side);
        }
    }

    private void put(FloatBuffer tensor, int y, int side) {
        for (int channel = 0; channel < CHANNELS; channel++) {
            tensor.put((channel * side + y) * side, lines[channel], 0, side);
        }
    }

    /// The two pixels that every pixel of the result lies between, and how far from the first.
    private static final class Axis {

        private int[] first = {};
        private int[] second = {};
        private float[] share = {};
        // Whether all places are those of pixels, as where 1920 become 640.
        private boolean exact;

        /// @return whether none of them is black
        boolean locate(int from, int size, IntUnaryOperator place) {
            if (first.length < size) {
                first = new int[size];
                second = new int[size];
                share = new float[size];
            }
            var scale = (double) from / size;
            boolean inside = true;
            exact = true;
            for (int i = 0; i < size; i++) {
                var at = Math.clamp((i + 0.5) * scale - 0.5, 0, from - 1.0);
                int lower = (int) at;
                first[i] = place.applyAsInt(lower);
                second[i] = place.applyAsInt(Math.min(lower + 1, from - 1));
                share[i] = (float) (at - lower);
                exact &= share[i] == 0;
                inside &= first[i] != PictureView.BLACK && second[i] != PictureView.BLACK;
            }
            return inside;
        }
    }

    private boolean places(PictureView view, int width, int height) {
        boolean across = columns.locate(view.width(), width, view::column);
        boolean down = rows.locate(view.height(), height, view::row);
        return across && down;
    }

    private void exactLine(byte[] rgb, int y, int width) {
        int row = rows.first[y];
        var blue = lines[0];
        var green = lines[1];
        var red = lines[2];
        for (int x = 0; x < width; x++) {
            int at = row + columns.first[x];
            red[x] = (rgb[at] & 0xFF) * scale + offset;
            green[x] = (rgb[at + 1] & 0xFF) * scale + offset;
            blue[x] = (rgb[at + 2] & 0xFF) * scale + offset;
        }
    }

    private void line(byte[] rgb, int y, int width) {
        var blue = lines[0];
        var green = lines[1];
        var red = lines[2];
        int above = rows.first[y];
        int below = rows.second[y];
        float down = rows.share[y];
        for (int x = 0; x < width; x++) {
            int left = columns.first[x];
            int right = columns.second[x];
            float across = columns.share[x];
            int a = above + left;
            int b = above + right;
            int c = below + left;
            int d = below + right;
            red[x] = value(rgb, a, b, c, d, across, down);
            green[x] = value(rgb, a + 1, b + 1, c + 1, d + 1, across, down);
            blue[x] = value(rgb, a + 2, b + 2, c + 2, d + 2, across, down);
        }
    }

    private float value(byte[] rgb, int a, int b, int c, int d, float across, float down) {
        int upperLeft = rgb[a] & 0xFF;
        int lowerLeft = rgb[c] & 0xFF;
        float upper = upperLeft + across * ((rgb[b] & 0xFF) - upperLeft);
        float lower = lowerLeft + across * ((rgb[d] & 0xFF) - lowerLeft);
        int value = (int) (upper + down * (lower - upper) + 0.5f);
        return value * scale + offset;
    }

    private void framedLine(byte[] rgb, int y, int width) {
        float down = rows.share[y];
        for (int x = 0; x < width; x++) {
            float across = columns.share[x];
            for (int channel = 0; channel < CHANNELS; channel++) {
                int c = CHANNELS - 1 - channel;
                int a = value(rgb, rows.first[y], columns.first[x], c);
                int b = value(rgb, rows.first[y], columns.second[x], c);
                int d = value(rgb, rows.second[y], columns.first[x], c);
                int e = value(rgb, rows.second[y], columns.second[x], c);
                float upper = a + across * (b - a);
                float lower = d + across * (e - d);
                int value = (int) (upper + down * (lower - upper) + 0.5f);
                lines[channel][x] = value * scale + offset;
            }
        }
    }

    private static int value(byte[] rgb, int row, int column, int channel) {
        return row == PictureView.BLACK || column == PictureView.BLACK
                ? 0
                : rgb[row + column + channel] & 0xFF;
    }
}

package dev.facefusion.runtime.engine.image;

/// Minimum over a neighbourhood.
public final class Erosion {

    private final Plane runs = new Plane();
    private final Plane columns = new Plane();

    /// Erodes a mask of zeros and ones by an ellipse; outside the plane is zero.
    ///
    /// A row of the ellipse fits where the run of ones around a pixel reaches far enough on both
    /// sides, so one count per pixel stands for all columns of the ellipse.
    public void ellipse(Plane mask, int radius, Plane target) {
        int width = mask.width();
        int height = mask.height();
        countRuns(mask);
        var reach = halfWidths(radius);
        var runLengths = runs.values();
        var to = target.reshape(mask).values();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = y * width + x;
                boolean fits = y >= radius && y + radius < height && runLengths[at] > reach[radius];
                for (int i = 0; fits && i < reach.length; i++) {
                    fits = runLengths[at + (i - radius) * width] > reach[i];
                }
                to[at] = fits ? 1 : 0;
            }
        }
    }

    /// For each pixel how many ones follow it without a gap on its shorter side, itself included.
    private void countRuns(Plane mask) {
        int width = mask.width();
        var from = mask.values();
        var to = runs.reshape(mask).values();
        for (int row = 0; row < width * mask.height(); row += width) {
            float run = 0;
            for (int x = row; x < row + width; x++) {
                run = from[x] > 0 ? run + 1 : 0;
                to[x] = run;
            }
            run = 0;
            for (int x = row + width - 1; x >= row; x--) {
                run = from[x] > 0 ? run + 1 : 0;
                to[x] = Math.min(to[x], run);
            }
        }
    }

    /// OpenCV's `MORPH_ELLIPSE`, row by row.
    private static int[] halfWidths(int radius) {
        var halfWidths = new int[2 * radius + 1];
        for (int i = 0; i < halfWidths.length; i++) {
            int dy = i - radius;
            halfWidths[i] = (int) Math.rint(Math.sqrt(radius * radius - dy * dy));
        }
        return halfWidths;
    }

    /// Erodes what lies in the window by a square; outside the plane nothing counts.
    public void square(Plane source, int radius, Plane target, PixelBox window) {
        int width = source.width();
        var reach = window.grown(radius, source.bounds());
        var from = source.values();
        var lowest = columns.reshape(source).values();
        for (int y = window.top(); y < window.bottom(); y++) {
            int top = Math.max(y - radius, 0);
            int bottom = Math.min(y + radius, source.height() - 1);
            int to = y * width;
            System.arraycopy(
                    from, top * width + reach.left(), lowest, to + reach.left(), reach.width());
            for (int row = top + 1; row <= bottom; row++) {
                lower(lowest, to, from, row * width, reach.left(), reach.right());
            }
        }
        var result = target.reshape(source).values();
        for (int y = window.top(); y < window.bottom(); y++) {
            for (int x = window.left(); x < window.right(); x++) {
                int last = y * width + Math.min(x + radius, width - 1);
                float least = lowest[last];
                for (int at = y * width + Math.max(x - radius, 0); at < last; at++) {
                    least = lowest[at] < least ? lowest[at] : least;
                }
                result[y * width + x] = least;
            }
        }
    }

    private static void lower(float[] to, int at, float[] from, int row, int left, int right) {
        for (int x = left; x < right; x++) {
            float value = from[row + x];
            to[at + x] = value < to[at + x] ? value : to[at + x];
        }
    }
}

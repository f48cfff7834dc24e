package dev.facefusion.runtime.engine.image;

import java.util.Arrays;

/// Turns polygons into runs of pixels, as OpenCV does.
///
/// The inside is taken with the corners' heights rounded to rows; the outline adds one pixel per
/// column to each flat edge and one per row to each steep one.
final class PolygonScan {

    /// Takes pixels `first` to `last` of a row, which may lie outside the picture.
    @FunctionalInterface
    interface Run {
        void accept(int row, int first, int last);
    }

    private PolygonScan() {}

    /// Reports what lies inside (even-odd), in rows 0 to `height` - 1.
    static void inside(double[] x, double[] y, int height, Run run) {
        var rows = new int[y.length];
        Arrays.setAll(rows, i -> round(y[i]));
        int first = Math.max(0, Arrays.stream(rows).min().orElse(0));
        int end = Math.min(height, Arrays.stream(rows).max().orElse(0));
        var crossings = new double[x.length];
        for (int row = first; row < end; row++) {
            int count = 0;
            for (int i = 0, from = x.length - 1; i < x.length; from = i++) {
                if ((rows[from] <= row) != (rows[i] <= row)) {
                    var share = (double) (row - rows[from]) / (rows[i] - rows[from]);
                    crossings[count++] = x[from] + (x[i] - x[from]) * share;
                }
            }
            Arrays.sort(crossings, 0, count);
            for (int i = 0; i + 1 < count; i += 2) {
                run.accept(row, round(crossings[i]), round(crossings[i + 1]));
            }
        }
    }

    /// Reports the pixels on the edges, each as a run of one.
    static void outline(double[] x, double[] y, Run run) {
        for (int i = 0, from = x.length - 1; i < x.length; from = i++) {
            var dx = x[i] - x[from];
            var dy = y[i] - y[from];
            if (Math.abs(dx) > Math.abs(dy)) {
                int left = dx < 0 ? i : from;
                for (int step = 0; step <= (int) Math.abs(dx); step++) {
                    int column = round(x[left]) + step;
                    run.accept(round(y[left] + dy / dx * step), column, column);
                }
            } else {
                int upper = dy < 0 ? i : from;
                var slope = dy == 0 ? 0 : dx / dy;
                for (int step = 0; step <= (int) Math.abs(dy); step++) {
                    int column = round(x[upper] + slope * step);
                    run.accept(round(y[upper]) + step, column, column);
                }
            }
            run.accept(round(y[i]), round(x[i]), round(x[i]));
        }
    }

    static int round(double value) {
        return (int) Math.floor(value + 0.5);
    }
}

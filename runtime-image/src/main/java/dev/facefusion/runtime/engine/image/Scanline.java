package dev.facefusion.runtime.engine.image;

/// Where edges meet the rows of a picture.
final class Scanline {

    private Scanline() {}

    /// Where the line through two points of different heights has height `y`.
    static double crossing(double x0, double y0, double x1, double y1, double y) {
        return x0 + (x1 - x0) * (y - y0) / (y1 - y0);
    }

    /// The edge's first point, or where the edge enters the band of half a pixel around the row.
    static double withinBand(double x0, double y0, double x1, double y1, int row) {
        if (y0 < row - 0.5) {
            return crossing(x0, y0, x1, y1, row - 0.5);
        }
        return y0 > row + 0.5 ? crossing(x0, y0, x1, y1, row + 0.5) : x0;
    }
}

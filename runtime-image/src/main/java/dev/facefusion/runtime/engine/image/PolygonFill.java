package dev.facefusion.runtime.engine.image;

import dev.facefusion.runtime.engine.geometry.Point;
import java.util.Arrays;
import java.util.List;

/// Fills polygons together with the pixels on their outline, as OpenCV does.
public final class PolygonFill {

    private PolygonFill() {}

    /// Sets every pixel inside (even-odd) or on the outline.
    public static void fill(Plane plane, List<Point> outline, float value) {
        var top = Double.POSITIVE_INFINITY;
        var bottom = Double.NEGATIVE_INFINITY;
        for (var point : outline) {
            top = Math.min(top, point.y());
            bottom = Math.max(bottom, point.y());
        }
        int first = Math.max(0, (int) Math.ceil(top - 0.5));
        int last = (int) Math.min(plane.height() - 1.0, Math.floor(bottom + 0.5));
        var crossings = new double[outline.size()];
        for (int y = first; y <= last; y++) {
            fillInside(plane, outline, y, value, crossings);
            fillOutline(plane, outline, y, value);
        }
    }

    private static void fillInside(
            Plane plane, List<Point> outline, int y, float value, double[] crossings) {
        int count = 0;
        var from = outline.getLast();
        for (var to : outline) {
            if ((from.y() <= y) != (to.y() <= y)) {
                crossings[count++] = Scanline.crossing(from.x(), from.y(), to.x(), to.y(), y);
            }
            from = to;
        }
        Arrays.sort(crossings, 0, count);
        for (int i = 0; i + 1 < count; i += 2) {
            span(plane, y, crossings[i], crossings[i + 1], value);
        }
    }

    /// The part of each edge that lies in the row's band, half a pixel up and down.
    private static void fillOutline(Plane plane, List<Point> outline, int y, float value) {
        var from = outline.getLast();
        for (var to : outline) {
            if (Math.max(from.y(), to.y()) >= y - 0.5 && Math.min(from.y(), to.y()) <= y + 0.5) {
                var start = Scanline.withinBand(from.x(), from.y(), to.x(), to.y(), y);
                var end = Scanline.withinBand(to.x(), to.y(), from.x(), from.y(), y);
                span(plane, y, Math.min(start, end), Math.max(start, end), value);
            }
            from = to;
        }
    }

    private static void span(Plane plane, int y, double left, double right, float value) {
        int first = (int) Math.max(0, Math.floor(left + 0.5));
        int last = (int) Math.min(plane.width() - 1.0, Math.floor(right + 0.5));
        for (int x = first; x <= last; x++) {
            plane.values()[y * plane.width() + x] = value;
        }
    }
}

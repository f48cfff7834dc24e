package dev.facefusion.runtime.engine.image;

import dev.facefusion.runtime.engine.geometry.Point;
import java.util.Arrays;
import java.util.List;

/// Fills polygons together with the pixels on their outline.
public final class PolygonFill {

    private PolygonFill() {}

    /// Sets every pixel inside (even-odd) or on the outline.
    public static void fill(Plane plane, List<Point> corners, float value) {
        var x = corners.stream().mapToDouble(Point::x).toArray();
        var y = corners.stream().mapToDouble(Point::y).toArray();
        PolygonScan.Run set = (row, first, last) -> set(plane, row, first, last, value);
        PolygonScan.inside(x, y, plane.height(), set);
        Arrays.setAll(x, i -> PolygonScan.round(x[i]));
        Arrays.setAll(y, i -> PolygonScan.round(y[i]));
        PolygonScan.outline(x, y, set);
    }

    private static void set(Plane plane, int row, int first, int last, float value) {
        if (row >= 0 && row < plane.height()) {
            int start = row * plane.width() + Math.max(first, 0);
            int end = row * plane.width() + Math.min(last + 1, plane.width());
            if (start < end) {
                Arrays.fill(plane.values(), start, end, value);
            }
        }
    }
}

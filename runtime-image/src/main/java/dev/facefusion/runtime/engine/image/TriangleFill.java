package dev.facefusion.runtime.engine.image;

import dev.facefusion.runtime.engine.geometry.Landmarks;
import dev.facefusion.runtime.engine.geometry.TriangleMesh;
import java.util.Arrays;

/// Paints a mesh with the numbers of its triangles.
public final class TriangleFill {

    /// Where no triangle is.
    public static final short NONE = -1;

    private TriangleFill() {}

    /// Fills the map, nearer triangles over farther ones.
    ///
    /// @param map width * height numbers, row by row
    public static void paint(
            TriangleMesh mesh, Landmarks face, int width, int height, short[] map) {
        Arrays.fill(map, 0, width * height, NONE);
        for (int triangle : mesh.paintingOrder(face)) {
            paint(mesh, face, triangle, width, height, map);
        }
    }

    private static void paint(
            TriangleMesh mesh, Landmarks face, int triangle, int width, int height, short[] map) {
        var a = mesh.corner(triangle, 0);
        var b = mesh.corner(triangle, 1);
        var c = mesh.corner(triangle, 2);
        var ax = face.x(a);
        var ay = face.y(a);
        var bx = face.x(b);
        var by = face.y(b);
        var cx = face.x(c);
        var cy = face.y(c);
        int first = Math.max(0, (int) Math.ceil(Math.min(ay, Math.min(by, cy)) - 0.5));
        var bottom = Math.floor(Math.max(ay, Math.max(by, cy)) + 0.5);
        int last = (int) Math.min(height - 1.0, bottom);
        for (int y = first; y <= last; y++) {
            var left = Double.POSITIVE_INFINITY;
            var right = Double.NEGATIVE_INFINITY;
            if (meets(ay, by, y)) {
                var p = Scanline.withinBand(ax, ay, bx, by, y);
                var q = Scanline.withinBand(bx, by, ax, ay, y);
                left = Math.min(p, q);
                right = Math.max(p, q);
            }
            if (meets(by, cy, y)) {
                var p = Scanline.withinBand(bx, by, cx, cy, y);
                var q = Scanline.withinBand(cx, cy, bx, by, y);
                left = Math.min(left, Math.min(p, q));
                right = Math.max(right, Math.max(p, q));
            }
            if (meets(cy, ay, y)) {
                var p = Scanline.withinBand(cx, cy, ax, ay, y);
                var q = Scanline.withinBand(ax, ay, cx, cy, y);
                left = Math.min(left, Math.min(p, q));
                right = Math.max(right, Math.max(p, q));
            }
            int from = (int) Math.max(0, Math.floor(left + 0.5));
            int to = (int) Math.min(width - 1.0, Math.floor(right + 0.5));
            if (from <= to) {
                Arrays.fill(map, y * width + from, y * width + to + 1, (short) triangle);
            }
        }
    }

    private static boolean meets(double y0, double y1, int row) {
        return Math.max(y0, y1) >= row - 0.5 && Math.min(y0, y1) <= row + 0.5;
    }
}

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
        var x = new double[3];
        var y = new double[3];
        for (int triangle : mesh.paintingOrder(face)) {
            for (int i = 0; i < 3; i++) {
                x[i] = snap(face.x(mesh.corner(triangle, i)));
                y[i] = snap(face.y(mesh.corner(triangle, i)));
            }
            short number = (short) triangle;
            PolygonScan.Run set =
                    (row, first, last) -> {
                        if (row >= 0 && row < height) {
                            int start = row * width + Math.max(first, 0);
                            int end = row * width + Math.min(last + 1, width);
                            for (int i = start; i < end; i++) {
                                map[i] = number;
                            }
                        }
                    };
            PolygonScan.inside(x, y, height, set);
            PolygonScan.outline(x, y, set);
        }
    }

    /// To the nearest sixteenth of a pixel, the reference's fixed point.
    private static double snap(double coordinate) {
        return Math.rint(coordinate * 16) / 16;
    }
}

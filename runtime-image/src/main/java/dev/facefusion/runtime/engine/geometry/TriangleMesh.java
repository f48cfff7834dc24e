package dev.facefusion.runtime.engine.geometry;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// The triangles that join the landmarks into a surface.
public final class TriangleMesh {

    private final int[] corners;

    private TriangleMesh(int[] corners) {
        this.corners = corners;
    }

    /// A mesh of at least one triangle.
    ///
    /// @param corners three landmark indices per triangle
    public static TriangleMesh of(int... corners) {
        if (corners.length == 0 || corners.length % 3 != 0) {
            throw new IllegalArgumentException("corners are not triangles: " + corners.length);
        }
        for (int corner : corners) {
            if (corner < 0 || corner >= Landmarks.COUNT) {
                throw new IllegalArgumentException("no such landmark: " + corner);
            }
        }
        return new TriangleMesh(corners.clone());
    }

    public int size() {
        return corners.length / 3;
    }

    /// Landmark index of a corner.
    ///
    /// @param which 0, 1 or 2
    public int corner(int triangle, int which) {
        return corners[3 * triangle + which];
    }

    /// The triangles that face the camera, the farthest first, so that painting them in turn hides
    /// what is hidden.
    public int[] paintingOrder(Landmarks face) {
        var areas = IntStream.range(0, size()).mapToDouble(t -> area(face, t)).toArray();
        var front = Math.signum(median(areas));
        return IntStream.range(0, size())
                .filter(t -> areas[t] * front > 1e-3)
                .boxed()
                .sorted(Comparator.comparingDouble(t -> -depth(face, t)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /// For each triangle the affine map that takes it from one face to another, six coefficients in
    /// [Affine]'s order; zeros where the triangle has no area.
    public float[] maps(Landmarks from, Landmarks to) {
        var maps = new float[6 * size()];
        for (int t = 0; t < size(); t++) {
            map(from, to, t, maps);
        }
        return maps;
    }

    private void map(Landmarks from, Landmarks to, int triangle, float[] maps) {
        int a = corner(triangle, 0);
        int b = corner(triangle, 1);
        int c = corner(triangle, 2);
        var ux = from.x(b) - from.x(a);
        var uy = from.y(b) - from.y(a);
        var vx = from.x(c) - from.x(a);
        var vy = from.y(c) - from.y(a);
        var determinant = ux * vy - uy * vx;
        if (Math.abs(determinant) <= 1e-6) {
            return;
        }
        int at = 6 * triangle;
        for (int axis = 0; axis < 2; axis++) {
            var origin = to.coordinate(a, axis);
            var u = to.coordinate(b, axis) - origin;
            var v = to.coordinate(c, axis) - origin;
            var x = (u * vy - v * uy) / determinant;
            var y = (v * ux - u * vx) / determinant;
            maps[at + 3 * axis] = (float) x;
            maps[at + 3 * axis + 1] = (float) y;
            maps[at + 3 * axis + 2] = (float) (origin - x * from.x(a) - y * from.y(a));
        }
    }

    private double depth(Landmarks face, int triangle) {
        return face.z(corner(triangle, 0))
                + face.z(corner(triangle, 1))
                + face.z(corner(triangle, 2));
    }

    private double area(Landmarks face, int triangle) {
        int a = corner(triangle, 0);
        int b = corner(triangle, 1);
        int c = corner(triangle, 2);
        return (face.x(b) - face.x(a)) * (face.y(c) - face.y(a))
                - (face.y(b) - face.y(a)) * (face.x(c) - face.x(a));
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}

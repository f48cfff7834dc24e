package dev.facefusion.runtime.engine.geometry;

import java.util.List;

/// An affine map of the plane: `x' = xx x + xy y + dx`, `y' = yx x + yy y + dy`.
public record Affine(double xx, double xy, double dx, double yx, double yy, double dy) {

    /// The rotation, uniform scale and shift that takes `from` to `to` with the least squared
    /// error.
    ///
    /// @param from at least two different points
    /// @param to as many points
    public static Affine similarity(List<Point> from, List<Point> to) {
        var fromMean = mean(from);
        var toMean = mean(to);
        double spread = 0;
        double dot = 0;
        double cross = 0;
        for (int i = 0; i < from.size(); i++) {
            var sx = from.get(i).x() - fromMean.x();
            var sy = from.get(i).y() - fromMean.y();
            var tx = to.get(i).x() - toMean.x();
            var ty = to.get(i).y() - toMean.y();
            spread += sx * sx + sy * sy;
            dot += sx * tx + sy * ty;
            cross += sx * ty - sy * tx;
        }
        var a = dot / spread;
        var b = cross / spread;
        return new Affine(
                a,
                -b,
                toMean.x() - a * fromMean.x() + b * fromMean.y(),
                b,
                a,
                toMean.y() - b * fromMean.x() - a * fromMean.y());
    }

    private static Point mean(List<Point> points) {
        double x = 0;
        double y = 0;
        for (var point : points) {
            x += point.x();
            y += point.y();
        }
        return new Point(x / points.size(), y / points.size());
    }

    public double x(double x, double y) {
        return xx * x + xy * y + dx;
    }

    public double y(double x, double y) {
        return yx * x + yy * y + dy;
    }

    public Point map(Point point) {
        return new Point(x(point.x(), point.y()), y(point.x(), point.y()));
    }

    /// The map back.
    ///
    /// @throws ArithmeticException if this one flattens the plane
    public Affine inverse() {
        var determinant = xx * yy - xy * yx;
        if (determinant == 0) {
            throw new ArithmeticException("no inverse: " + this);
        }
        var ixx = yy / determinant;
        var ixy = -xy / determinant;
        var iyx = -yx / determinant;
        var iyy = xx / determinant;
        return new Affine(ixx, ixy, -ixx * dx - ixy * dy, iyx, iyy, -iyx * dx - iyy * dy);
    }

    /// This map on coordinates that are `factor` times smaller.
    public Affine fromShrunk(double factor) {
        return new Affine(xx * factor, xy * factor, dx, yx * factor, yy * factor, dy);
    }

    /// This map on coordinates that are counted from another origin.
    public Affine fromOrigin(double x, double y) {
        return new Affine(xx, xy, x(x, y), yx, yy, y(x, y));
    }
}

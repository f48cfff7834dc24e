package dev.facefusion.runtime.engine.geometry;

import java.util.List;

/// An upright rectangle.
public record Box(double left, double top, double right, double bottom) {

    /// The smallest box around the points.
    public static Box around(List<Point> points) {
        var left = Double.POSITIVE_INFINITY;
        var top = Double.POSITIVE_INFINITY;
        var right = Double.NEGATIVE_INFINITY;
        var bottom = Double.NEGATIVE_INFINITY;
        for (var point : points) {
            left = Math.min(left, point.x());
            top = Math.min(top, point.y());
            right = Math.max(right, point.x());
            bottom = Math.max(bottom, point.y());
        }
        return new Box(left, top, right, bottom);
    }

    public double width() {
        return right - left;
    }

    public double height() {
        return bottom - top;
    }

    public double area() {
        return width() * height();
    }

    public Point centre() {
        return new Point((left + right) / 2, (top + bottom) / 2);
    }

    /// The box whose corners lie on the lines to another's, 0 here to 1 there.
    public Box towards(Box other, double share) {
        var first = new Point(left, top).towards(new Point(other.left, other.top), share);
        var second = new Point(right, bottom).towards(new Point(other.right, other.bottom), share);
        return new Box(first.x(), first.y(), second.x(), second.y());
    }

    /// Intersection over union, 0 to 1.
    public double overlap(Box other) {
        var width = Math.min(right, other.right) - Math.max(left, other.left);
        var height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
        var shared = Math.max(0, width) * Math.max(0, height);
        return shared / Math.max(area() + other.area() - shared, 1e-9);
    }
}

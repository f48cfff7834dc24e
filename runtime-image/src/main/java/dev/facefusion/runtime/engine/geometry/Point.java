package dev.facefusion.runtime.engine.geometry;

import java.util.List;
import java.util.stream.IntStream;

/// A place in a picture.
public record Point(double x, double y) {

    /// The place on the line to another, 0 here to 1 there.
    public Point towards(Point other, double share) {
        return new Point((1 - share) * x + share * other.x, (1 - share) * y + share * other.y);
    }

    /// Each point on its line to the one at its place in another list.
    ///
    /// @param others as many
    public static List<Point> towards(List<Point> points, List<Point> others, double share) {
        return IntStream.range(0, points.size())
                .mapToObj(i -> points.get(i).towards(others.get(i), share))
                .toList();
    }

    public double distanceTo(Point other) {
        return Math.hypot(x - other.x, y - other.y);
    }
}

package dev.facefusion.runtime.engine.geometry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The smallest convex polygon around points (Andrew's monotone chain).
public final class ConvexHull {

    private ConvexHull() {}

    /// The hull's corners in order, none on a line between its neighbours.
    public static List<Point> of(List<Point> points) {
        var sorted =
                points.stream()
                        .distinct()
                        .sorted(Comparator.comparingDouble(Point::x).thenComparingDouble(Point::y))
                        .toList();
        if (sorted.size() < 3) {
            return sorted;
        }
        var hull = chain(sorted);
        hull.addAll(chain(sorted.reversed()));
        return List.copyOf(hull);
    }

    /// One side of the hull without its last point, which begins the other.
    private static List<Point> chain(List<Point> sorted) {
        var chain = new ArrayList<Point>();
        for (var point : sorted) {
            while (chain.size() > 1
                    && !turnsLeft(chain.get(chain.size() - 2), chain.getLast(), point)) {
                chain.removeLast();
            }
            chain.add(point);
        }
        chain.removeLast();
        return chain;
    }

    private static boolean turnsLeft(Point a, Point b, Point c) {
        return (b.x() - a.x()) * (c.y() - a.y()) - (b.y() - a.y()) * (c.x() - a.x()) > 0;
    }
}

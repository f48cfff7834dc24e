package dev.facefusion.runtime.engine.landmarker;

import dev.facefusion.runtime.engine.geometry.Point;
import java.util.List;

/// What a landmarker says of a face.
///
/// @param points 68, in the order of iBUG's 300-W, in the picture's pixels
/// @param score how sure it is, 0 to 1
public record Landmarking(List<Point> points, double score) {

    public Landmarking {
        points = List.copyOf(points);
    }
}

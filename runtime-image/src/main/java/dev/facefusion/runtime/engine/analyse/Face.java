package dev.facefusion.runtime.engine.analyse;

import dev.facefusion.runtime.engine.geometry.Box;
import dev.facefusion.runtime.engine.geometry.Detection;
import dev.facefusion.runtime.engine.geometry.FaceShape;
import dev.facefusion.runtime.engine.geometry.Landmarks;
import dev.facefusion.runtime.engine.geometry.Point;
import dev.facefusion.runtime.engine.geometry.QuarterTurn;
import java.util.List;
import java.util.Optional;

/// A face of a picture, in its pixels; values only, so that it outlives the picture.
///
/// @param detection as the detector has it
/// @param landmarkerScore how sure the landmarker is, 0 to 1; 0 where it was left out
/// @param fivePoints the eyes, the nose and the corners of the mouth, image-left before
///   image-right: what every crop of the face is made from
/// @param points 68, in the order of iBUG's 300-W
/// @param mesh of the bundled landmarker only
/// @param upright the turn of the picture that brings the face upright, to a quarter
/// @param identity where it was asked for and a model can tell
/// @param traits where they were asked for and a model can tell
public record Face(
        Detection detection,
        double landmarkerScore,
        List<Point> fivePoints,
        List<Point> points,
        Optional<Landmarks> mesh,
        QuarterTurn upright,
        Optional<Embedding> identity,
        Optional<Traits> traits) {

    public static final int POINTS = 68;

    public Face {
        fivePoints = List.copyOf(fivePoints);
        points = List.copyOf(points);
        if (fivePoints.size() != 5 || points.size() != POINTS) {
            throw new IllegalArgumentException(
                    "a face has 5 and 68 points, not %d and %d"
                            .formatted(fivePoints.size(), points.size()));
        }
    }

    public Box box() {
        return detection.box();
    }

    /// How sure the detector is, 0 to 1.
    public double detectorScore() {
        return detection.score();
    }

    /// The face at a time between this sighting of it and another: it has moved in a straight line,
    /// and all else is as in the nearer sighting; halfway as in the other.
    ///
    /// @param share of the way to the other, 0 to 1
    public Face towards(Face other, double share) {
        var nearer = share < 0.5 ? this : other;
        var moved = Point.towards(points, other.points, share);
        return new Face(
                detection.towards(other.detection, share),
                nearer.landmarkerScore,
                Point.towards(fivePoints, other.fivePoints, share),
                moved,
                mesh.flatMap(here -> other.mesh.map(there -> here.towards(there, share))),
                FaceShape.upright(moved),
                nearer.identity,
                nearer.traits);
    }

    /// The same face with what else is known of it.
    public Face known(Optional<Embedding> embedding, Optional<Traits> guess) {
        return new Face(
                detection, landmarkerScore, fivePoints, points, mesh, upright, embedding, guess);
    }
}

package dev.facefusion.runtime.engine.geometry;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// A face as the detector sees it.
///
/// @param score 0 to 1
/// @param keyPoints as many as the detector gives, the eyes first, image-left before image-right
public record Detection(double score, Box box, List<Point> keyPoints) {

    public Detection {
        keyPoints = List.copyOf(keyPoints);
    }

    /// The subject's right eye, on the picture's left.
    public Point rightEye() {
        return keyPoints.get(0);
    }

    /// The subject's left eye.
    public Point leftEye() {
        return keyPoints.get(1);
    }

    /// The same face elsewhere; the map keeps right angles upright.
    public Detection map(UnaryOperator<Point> map) {
        var corners =
                List.of(
                        map.apply(new Point(box.left(), box.top())),
                        map.apply(new Point(box.right(), box.bottom())));
        return new Detection(score, Box.around(corners), keyPoints.stream().map(map).toList());
    }

    /// A sighting between this one and another of the same face, as sure as the nearer one; halfway
    /// as the other.
    ///
    /// @param share of the way to the other, 0 to 1
    public Detection towards(Detection other, double share) {
        return new Detection(
                share < 0.5 ? score : other.score,
                box.towards(other.box, share),
                Point.towards(keyPoints, other.keyPoints, share));
    }

    /// The mean of several sightings of one face, each weighing as much as its score.
    ///
    /// @param sightings the best one first: its score is the result's
    static Detection mean(List<Detection> sightings) {
        double total = 0;
        double left = 0;
        double top = 0;
        double right = 0;
        double bottom = 0;
        var first = sightings.getFirst();
        var xs = new double[first.keyPoints.size()];
        var ys = new double[xs.length];
        for (var sighting : sightings) {
            var weight = sighting.score;
            total += weight;
            left += weight * sighting.box.left();
            top += weight * sighting.box.top();
            right += weight * sighting.box.right();
            bottom += weight * sighting.box.bottom();
            for (int i = 0; i < xs.length; i++) {
                xs[i] += weight * sighting.keyPoints.get(i).x();
                ys[i] += weight * sighting.keyPoints.get(i).y();
            }
        }
        var points = new ArrayList<Point>(xs.length);
        for (int i = 0; i < xs.length; i++) {
            points.add(new Point(xs[i] / total, ys[i] / total));
        }
        return new Detection(
                first.score,
                new Box(left / total, top / total, right / total, bottom / total),
                points);
    }
}

package dev.facefusion.runtime.engine.geometry;

/// A rotated square around a face: MediaPipe's input region for a landmark model.
///
/// @param angle of the face against upright, radians in [-pi, pi), clockwise in the picture
public record RegionOfInterest(Point centre, double side, double angle) {

    /// The box's longer side is enlarged by this much, so that chin and hair fit (MediaPipe).
    private static final double MARGIN = 1.5;

    /// The region of a face whose eye line runs from `rightEye` to `leftEye`, the subject's own.
    public static RegionOfInterest of(Box box, Point rightEye, Point leftEye) {
        var angle = -Math.atan2(rightEye.y() - leftEye.y(), leftEye.x() - rightEye.x());
        return new RegionOfInterest(
                box.centre(), Math.max(box.width(), box.height()) * MARGIN, normal(angle));
    }

    /// The map from the picture to the upright crop of `size` x `size` pixels.
    public Affine toCrop(int size) {
        var scale = size / side;
        var cos = Math.cos(angle) * scale;
        var sin = Math.sin(angle) * scale;
        var x = centre.x();
        var y = centre.y();
        return new Affine(
                cos,
                sin,
                size / 2.0 - cos * x - sin * y,
                -sin,
                cos,
                size / 2.0 + sin * x - cos * y);
    }

    private static double normal(double angle) {
        return angle - 2 * Math.PI * Math.floor((angle + Math.PI) / (2 * Math.PI));
    }
}

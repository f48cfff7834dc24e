package dev.facefusion.runtime.engine.geometry;

import java.util.List;

/// Where the five points of a face lie in an upright crop of it: FaceFusion's templates.
///
/// The points are image-left eye, image-right eye, nose tip, image-left mouth corner, image-right
/// mouth corner, as shares of the crop's side.
public enum WarpTemplate {
    ARCFACE_112_V1(
            new Point(0.35473214, 0.45658929),
            new Point(0.64526786, 0.45658929),
            new Point(0.50000000, 0.61154464),
            new Point(0.37913393, 0.77687500),
            new Point(0.62086607, 0.77687500)),
    ARCFACE_112_V2(
            new Point(0.34191607, 0.46157411),
            new Point(0.65653393, 0.45983393),
            new Point(0.50022500, 0.64050536),
            new Point(0.37097589, 0.82469196),
            new Point(0.63151696, 0.82325089)),
    /// The pixels of [#ARCFACE_112_V2], moved to the right by 8, in a crop of 128.
    ARCFACE_128(
            new Point(0.36167656, 0.40387734),
            new Point(0.63696719, 0.40235469),
            new Point(0.50019687, 0.56044219),
            new Point(0.38710391, 0.72160547),
            new Point(0.61507734, 0.72034453)),
    DFL_WHOLE_FACE(
            new Point(0.35342266, 0.39285716),
            new Point(0.62797622, 0.39285716),
            new Point(0.48660713, 0.54017860),
            new Point(0.38839287, 0.68750011),
            new Point(0.59821427, 0.68750011)),
    FFHQ_512(
            new Point(0.37691676, 0.46864664),
            new Point(0.62285697, 0.46912813),
            new Point(0.50123859, 0.61331904),
            new Point(0.39308822, 0.72541100),
            new Point(0.61150205, 0.72490465)),
    MTCNN_512(
            new Point(0.36562865, 0.46733799),
            new Point(0.63305391, 0.46585885),
            new Point(0.50019127, 0.61942959),
            new Point(0.39032951, 0.77598822),
            new Point(0.61178945, 0.77476328));

    @SuppressWarnings("ImmutableEnumChecker") // the list is a copy of records
    private final List<Point> points;

    WarpTemplate(Point... points) {
        this.points = List.of(points);
    }

    /// The five points in a crop of this side.
    public List<Point> points(double side) {
        return points.stream().map(p -> new Point(p.x() * side, p.y() * side)).toList();
    }

    /// The map that takes a face upright into a crop of this side.
    ///
    /// FaceFusion estimates it by RANSAC with a threshold of 100 pixels, to which every face's
    /// points are inliers: the similarity of least squares.
    ///
    /// @param fivePoints in the template's order
    public Affine toCrop(List<Point> fivePoints, double side) {
        return Affine.similarity(fivePoints, points(side));
    }
}

package dev.facefusion.runtime.engine.geometry;

import java.util.ArrayList;
import java.util.List;

/// What the points of the face mesh mean: MediaPipe's numbering, sides as seen in the picture.
public final class FaceShape {

    public static final int RIGHT_EYE_CORNER = 33;
    public static final int LEFT_EYE_CORNER = 263;

    private static final int FOREHEAD = 10;
    private static final int CHIN = 152;
    private static final int NOSE_TIP = 1;
    private static final int RIGHT_CHEEK_EDGE = 234;
    private static final int LEFT_CHEEK_EDGE = 454;
    private static final int UPPER_LIP = 13;
    private static final int LOWER_LIP = 14;

    private static final int[] OVAL = {
        10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
        152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109
    };
    private static final int[] INNER_LIPS = {
        78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95
    };
    private static final int[] RIGHT_CHEEK = {50, 101, 118, 117, 123, 187};
    private static final int[] LEFT_CHEEK = {280, 330, 347, 346, 352, 411};
    private static final int[] BROW_TOP = {70, 63, 105, 66, 107, 9, 336, 296, 334, 293, 300};

    private static final int[] SIXTY_EIGHT = {
        162, 234, 93, 58, 172, 136, 149, 148, 152, 377, 378, 365, 397, 288, 323, 454, 389, 71, 63,
        105, 66, 107, 336, 296, 334, 293, 301, 168, 197, 5, 4, 75, 97, 2, 326, 305, 33, 160, 158,
        133, 153, 144, 362, 385, 387, 263, 373, 380, 61, 39, 37, 0, 267, 269, 291, 405, 314, 17, 84,
        181, 78, 82, 13, 312, 308, 317, 14, 87
    };

    private FaceShape() {}

    public static List<Point> oval(Landmarks face) {
        return face.points(OVAL);
    }

    public static List<Point> innerLips(Landmarks face) {
        return face.points(INNER_LIPS);
    }

    /// A patch of bare skin on each cheek.
    public static List<List<Point>> cheeks(Landmarks face) {
        return List.of(face.points(RIGHT_CHEEK), face.points(LEFT_CHEEK));
    }

    /// The face's width without perspective: a turned head is measured by its height.
    public static double size(Landmarks face) {
        return Math.max(width(face), 0.6 * face.distance(FOREHEAD, CHIN));
    }

    /// Distance between the edges of the cheeks.
    public static double width(Landmarks face) {
        return face.distance(RIGHT_CHEEK_EDGE, LEFT_CHEEK_EDGE);
    }

    /// How far the mouth is open, in distances between the outer corners of the eyes.
    public static double mouthGap(Landmarks face) {
        return face.distance(UPPER_LIP, LOWER_LIP)
                / (face.distance(RIGHT_EYE_CORNER, LEFT_EYE_CORNER) + 1e-6);
    }

    /// FaceFusion's five points: eyes, nose tip, mouth corners, image-left before image-right.
    public static List<Point> fivePoints(Landmarks face) {
        return List.of(
                face.mean(33, 133, 159, 145),
                face.mean(263, 362, 386, 374),
                face.point(NOSE_TIP),
                face.point(61),
                face.point(291));
    }

    /// The points of the mesh that lie nearest to the 68 of iBUG's 300-W, in its order: off by 4 %
    /// of the distance between the eyes' corners in the mean.
    public static List<Point> sixtyEightPoints(Landmarks face) {
        return face.points(SIXTY_EIGHT);
    }

    /// FaceFusion's five points out of the 68.
    public static List<Point> fivePoints(List<Point> sixtyEight) {
        return List.of(
                mean(sixtyEight.subList(36, 42)),
                mean(sixtyEight.subList(42, 48)),
                sixtyEight.get(30),
                sixtyEight.get(48),
                sixtyEight.get(54));
    }

    private static Point mean(List<Point> points) {
        return new Point(
                points.stream().mapToDouble(Point::x).average().orElseThrow(),
                points.stream().mapToDouble(Point::y).average().orElseThrow());
    }

    /// The quarter turn of the picture that brings a face upright, by the line between the ends of
    /// the jaw; halfway between two, the smaller one.
    public static QuarterTurn upright(List<Point> sixtyEight) {
        var left = sixtyEight.get(0);
        var right = sixtyEight.get(16);
        var degrees = Math.toDegrees(Math.atan2(right.y() - left.y(), right.x() - left.x()));
        return switch ((int) Math.ceil(((degrees + 360) % 360) / 90 - 0.5)) {
            case 1 -> QuarterTurn.LEFT;
            case 2 -> QuarterTurn.HALF;
            case 3 -> QuarterTurn.RIGHT;
            default -> QuarterTurn.NONE;
        };
    }

    /// The outline of everything above the brows, in the face's own upright frame.
    ///
    /// @param lift how far above the brows it begins, pixels
    /// @param reach how far it extends to the sides and upwards from the face's centre, pixels
    public static List<Point> aboveBrows(Landmarks face, double lift, double reach) {
        var forehead = face.point(FOREHEAD);
        var chin = face.point(CHIN);
        var angle = Math.atan2(forehead.x() - chin.x(), chin.y() - forehead.y());
        var cos = Math.cos(angle);
        var sin = Math.sin(angle);
        var centre = face.centre();
        var upright =
                new Affine(
                        cos,
                        sin,
                        -cos * centre.x() - sin * centre.y(),
                        -sin,
                        cos,
                        sin * centre.x() - cos * centre.y());
        var back = upright.inverse();
        var outline = new ArrayList<Point>();
        for (var brow : face.points(BROW_TOP)) {
            var raised = upright.map(brow);
            outline.add(new Point(raised.x(), raised.y() - lift));
        }
        outline.add(new Point(reach, outline.getLast().y()));
        outline.add(new Point(reach, -reach));
        outline.add(new Point(-reach, -reach));
        outline.add(new Point(-reach, outline.getFirst().y()));
        return outline.stream().map(back::map).toList();
    }
}

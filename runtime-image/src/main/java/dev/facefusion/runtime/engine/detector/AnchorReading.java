package dev.facefusion.runtime.engine.detector;

import dev.facefusion.runtime.engine.geometry.Box;
import dev.facefusion.runtime.engine.geometry.Detection;
import dev.facefusion.runtime.engine.geometry.Point;
import dev.facefusion.runtime.engine.session.ModelSession;
import dev.facefusion.runtime.engine.session.Signature;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/// SCRFD and RetinaFace as InsightFace exports them: nine outputs, scores (n, 1), boxes (n, 4) and
/// points (n, 10), each for the strides 8, 16 and 32; two anchors per cell.
///
/// An anchor lies at the cell's corner, not its centre. A box is four distances from it, a point
/// two, in strides.
final class AnchorReading implements OutputReading {

    private static final int[] STRIDES = {8, 16, 32};
    private static final int ANCHORS = 2;
    private static final int POINTS = 5;

    @Override
    public void require(Signature signature, int side) {
        for (int level = 0; level < STRIDES.length; level++) {
            long count =
                    side == Signature.OPEN
                            ? Signature.OPEN
                            : (long) (side / STRIDES[level]) * (side / STRIDES[level]) * ANCHORS;
            signature.requireOutput(level, count, 1);
            signature.requireOutput(STRIDES.length + level, count, 4);
            signature.requireOutput(2 * STRIDES.length + level, count, 2 * POINTS);
        }
    }

    @Override
    public List<Detection> candidates(ModelSession model, int side, double score) {
        var found = new ArrayList<Detection>();
        for (int level = 0; level < STRIDES.length; level++) {
            int stride = STRIDES[level];
            int cells = side / stride;
            var scores = model.output(level);
            var boxes = model.output(STRIDES.length + level);
            var points = model.output(2 * STRIDES.length + level);
            for (int i = 0; i < scores.capacity(); i++) {
                if (scores.get(i) >= score) {
                    int cell = i / ANCHORS;
                    var anchor = new Point((double) cell % cells * stride, cell / cells * stride);
                    found.add(
                            new Detection(
                                    scores.get(i),
                                    box(boxes, 4 * i, anchor, stride),
                                    points(points, 2 * POINTS * i, anchor, stride)));
                }
            }
        }
        return found;
    }

    private static Box box(FloatBuffer distances, int at, Point anchor, int stride) {
        return new Box(
                anchor.x() - stride * (double) distances.get(at),
                anchor.y() - stride * (double) distances.get(at + 1),
                anchor.x() + stride * (double) distances.get(at + 2),
                anchor.y() + stride * (double) distances.get(at + 3));
    }

    /// Five points, each so many strides from the anchor.
    static List<Point> points(FloatBuffer distances, int at, Point anchor, int stride) {
        var points = new ArrayList<Point>(POINTS);
        for (int k = at; k < at + 2 * POINTS; k += 2) {
            points.add(
                    new Point(
                            anchor.x() + stride * (double) distances.get(k),
                            anchor.y() + stride * (double) distances.get(k + 1)));
        }
        return points;
    }
}

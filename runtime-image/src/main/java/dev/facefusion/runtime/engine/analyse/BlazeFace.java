package dev.facefusion.runtime.engine.analyse;

import dev.facefusion.runtime.engine.geometry.Anchors;
import dev.facefusion.runtime.engine.geometry.Box;
import dev.facefusion.runtime.engine.geometry.Detection;
import dev.facefusion.runtime.engine.geometry.Point;
import dev.facefusion.runtime.engine.geometry.WeightedSuppression;
import dev.facefusion.runtime.engine.image.Letterbox;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.image.TensorLayout;
import dev.facefusion.runtime.engine.session.ModelSession;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/// BlazeFace, the long-range net (`blazeface_back_256`).
///
/// Input: RGB, NHWC float32 in [-1, 1], shape (1, 256, 256, 3). Outputs, first for the 512 anchors
/// of the fine grid, then for the 384 of the coarse one: logits (1, n, 1) and regressors (1, n,
/// 16): centre, size and six points in input pixels, places relative to the anchor.
public final class BlazeFace {

    static final int SIZE = 256;
    private static final int POINTS = 6;
    private static final int REGRESSORS = 4 + 2 * POINTS;
    private static final int FINE_ANCHORS = 512;
    private static final int COARSE_ANCHORS = 384;
    private static final double SAME_FACE_OVERLAP = 0.3;

    private final ModelSession model;
    private final Letterbox letterbox = new Letterbox(SIZE);
    private final float[] tensor = new float[SIZE * SIZE * 3];

    /// @throws dev.facefusion.runtime.models.ModelException if the model has not these shapes
    public BlazeFace(ModelSession model) {
        this.model = model;
        var signature = model.signature();
        signature.requireInput("input", 1, SIZE, SIZE, 3);
        signature.requireOutput("scores_16", 1, FINE_ANCHORS, 1);
        signature.requireOutput("boxes_16", 1, FINE_ANCHORS, REGRESSORS);
        signature.requireOutput("scores_8", 1, COARSE_ANCHORS, 1);
        signature.requireOutput("boxes_8", 1, COARSE_ANCHORS, REGRESSORS);
    }

    /// The faces of an upright picture, in its pixels, best first.
    ///
    /// @param minScore 0 to 1
    public List<Detection> detect(Picture picture, double minScore) {
        var place = letterbox.fit(picture);
        TensorLayout.channelsLast(letterbox.square(), 1 / 127.5f, -1, tensor);
        model.run(tensor);
        var anchors = Anchors.blazeFace();
        var candidates = new ArrayList<Detection>();
        var fine = model.output("scores_16");
        decode(minScore, fine, model.output("boxes_16"), anchors, candidates);
        decode(
                minScore,
                model.output("scores_8"),
                model.output("boxes_8"),
                anchors.subList(fine.capacity(), anchors.size()),
                candidates);
        return WeightedSuppression.merge(candidates, SAME_FACE_OVERLAP).stream()
                .map(face ->
                        face.map(point ->
                                place.toPicture(new Point(point.x() * SIZE, point.y() * SIZE))))
                .toList();
    }

    /// Reads the likely faces, in 0 to 1 of the input.
    private static void decode(
            double minScore,
            FloatBuffer scores,
            FloatBuffer boxes,
            List<Point> anchors,
            List<Detection> to) {
        for (int i = 0; i < scores.capacity(); i++) {
            var score = 1 / (1 + Math.exp(-Math.clamp(scores.get(i), -100.0, 100.0)));
            if (score >= minScore) {
                to.add(decode(score, boxes, i * REGRESSORS, anchors.get(i)));
            }
        }
    }

    private static Detection decode(double score, FloatBuffer boxes, int at, Point anchor) {
        var centre = place(boxes, at, anchor);
        var halfWidth = boxes.get(at + 2) / SIZE / 2.0;
        var halfHeight = boxes.get(at + 3) / SIZE / 2.0;
        var points = new ArrayList<Point>(POINTS);
        for (int i = 0; i < POINTS; i++) {
            points.add(place(boxes, at + 4 + 2 * i, anchor));
        }
        var box =
                new Box(
                        centre.x() - halfWidth,
                        centre.y() - halfHeight,
                        centre.x() + halfWidth,
                        centre.y() + halfHeight);
        return new Detection(score, box, points);
    }

    private static Point place(FloatBuffer boxes, int at, Point anchor) {
        return new Point(boxes.get(at) / SIZE + anchor.x(), boxes.get(at + 1) / SIZE + anchor.y());
    }
}

package dev.facefusion.runtime.engine.detector;

import dev.facefusion.runtime.engine.geometry.Box;
import dev.facefusion.runtime.engine.geometry.Detection;
import dev.facefusion.runtime.engine.geometry.Point;
import dev.facefusion.runtime.engine.session.ModelSession;
import dev.facefusion.runtime.engine.session.Signature;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/// YuNet: twelve outputs, shapes (1, n, 1), (1, n, 1), (1, n, 4) and (1, n, 10): two scores, boxes
/// and points, each for the strides 8, 16 and 32; one anchor per cell, at its corner.
///
/// A candidate's score is the product of its two, as FaceFusion has it; OpenCV takes the root of
/// it.
final class YunetReading implements OutputReading {

    private static final int[] STRIDES = {8, 16, 32};
    private static final int POINTS = 5;

    @Override
    public void require(Signature signature, int side) {
        for (int level = 0; level < STRIDES.length; level++) {
            long count = (long) (side / STRIDES[level]) * (side / STRIDES[level]);
            signature.requireOutput(level, 1, count, 1);
            signature.requireOutput(STRIDES.length + level, 1, count, 1);
            signature.requireOutput(2 * STRIDES.length + level, 1, count, 4);
            signature.requireOutput(3 * STRIDES.length + level, 1, count, 2 * POINTS);
        }
    }

    @Override
    public List<Detection> candidates(ModelSession model, int side, double score) {
        var found = new ArrayList<Detection>();
        for (int level = 0; level < STRIDES.length; level++) {
            int stride = STRIDES[level];
            int cells = side / stride;
            var classes = model.output(level);
            var objects = model.output(STRIDES.length + level);
            var boxes = model.output(2 * STRIDES.length + level);
            var points = model.output(3 * STRIDES.length + level);
            for (int i = 0; i < classes.capacity(); i++) {
                float product = classes.get(i) * objects.get(i);
                if (product >= score) {
                    var anchor = new Point((double) i % cells * stride, i / cells * stride);
                    found.add(
                            new Detection(
                                    product,
                                    box(boxes, 4 * i, anchor, stride),
                                    AnchorReading.points(points, 2 * POINTS * i, anchor, stride)));
                }
            }
        }
        return found;
    }

    /// Centre in strides from the anchor, size as the logarithm of strides.
    private static Box box(FloatBuffer values, int at, Point anchor, int stride) {
        var x = anchor.x() + stride * (double) values.get(at);
        var y = anchor.y() + stride * (double) values.get(at + 1);
        var halfWidth = Math.exp(values.get(at + 2)) * stride / 2;
        var halfHeight = Math.exp(values.get(at + 3)) * stride / 2;
        return new Box(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight);
    }
}

package dev.facefusion.runtime.engine.detector;

import dev.facefusion.runtime.engine.geometry.Box;
import dev.facefusion.runtime.engine.geometry.Detection;
import dev.facefusion.runtime.engine.geometry.Point;
import dev.facefusion.runtime.engine.session.ModelSession;
import dev.facefusion.runtime.engine.session.Signature;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/// YOLOv8's face model: one output, shape (1, 20, n), a column per candidate: centre, size, score,
/// and x, y and a confidence of each of the five points, all in input pixels.
final class YoloReading implements OutputReading {

    private static final int ROWS = 20;
    private static final int SCORE = 4;
    private static final int POINTS = 5;

    @Override
    public void require(Signature signature, int side) {
        // A candidate for each cell of the strides 8, 16 and 32.
        long finest = side / 8;
        signature.requireOutput(0, 1, ROWS, finest * finest * 21 / 16);
    }

    /// Unlike the other detectors' candidates, these must exceed the score.
    @Override
    public List<Detection> candidates(ModelSession model, int side, double score) {
        var output = model.output(0);
        int count = output.capacity() / ROWS;
        var scores = new float[count];
        output.get(SCORE * count, scores);
        var found = new ArrayList<Detection>();
        for (int i = 0; i < count; i++) {
            if (scores[i] > score) {
                found.add(candidate(output, count, i));
            }
        }
        return found;
    }

    private static Detection candidate(FloatBuffer output, int count, int at) {
        double x = output.get(at);
        double y = output.get(count + at);
        double halfWidth = output.get(2 * count + at) / 2.0;
        double halfHeight = output.get(3 * count + at) / 2.0;
        var points = new ArrayList<Point>(POINTS);
        for (int row = SCORE + 1; row < ROWS; row += 3) {
            points.add(new Point(output.get(row * count + at), output.get((row + 1) * count + at)));
        }
        return new Detection(
                output.get(SCORE * count + at),
                new Box(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight),
                points);
    }
}

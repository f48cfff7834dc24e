package dev.facefusion.runtime.engine.landmarker;

import dev.facefusion.runtime.engine.geometry.Point;
import dev.facefusion.runtime.engine.session.ModelSession;
import dev.facefusion.runtime.models.ModelContract;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Optional;

/// A loaded landmarker. For one thread.
///
/// Input: a [LandmarkCrop], shape (1, 3, 256, 256). Points are x, y and a third number in a grid of
/// 64 x 64.
public sealed interface Landmarker {

    int POINTS = 68;
    int GRID = 64;

    /// The landmarks of the face that was cut last.
    Landmarking landmarks(LandmarkCrop crop);

    /// The landmarker of a loaded model.
    ///
    /// @return empty if there is no adapter for the contract
    /// @throws dev.facefusion.runtime.models.ModelException if the model has not what the contract
    ///   says
    static Optional<Landmarker> of(ModelContract contract, ModelSession model) {
        return contract == ModelContract.TWO_D_FAN_4
                ? Optional.of(new Fan2d4(model))
                : contract == ModelContract.PEPPA_WUTZ
                        ? Optional.of(new PeppaWutz(model))
                        : Optional.empty();
    }

    /// `2dfan4`: outputs the points, shape (1, 68, 3), and their heatmaps, shape (1, 68, 64, 64),
    /// whose peaks say how sure it is: 0.9 in the mean is the most.
    final class Fan2d4 implements Landmarker {

        private static final double SUREST = 0.9;

        private final ModelSession model;
        private final float[] heatmap = new float[GRID * GRID];

        Fan2d4(ModelSession model) {
            this.model = model;
            model.signature().requireInput("input", 1, 3, LandmarkCrop.SIDE, LandmarkCrop.SIDE);
            model.signature().requireOutput(0, 1, POINTS, 3);
            model.signature().requireOutput(1, 1, POINTS, GRID, GRID);
        }

        @Override
        public Landmarking landmarks(LandmarkCrop crop) {
            crop.lay(model.input("input"));
            model.run();
            var heatmaps = model.output(1);
            double sum = 0;
            for (int point = 0; point < POINTS; point++) {
                heatmaps.get(point * heatmap.length, heatmap);
                sum += max(heatmap);
            }
            return read(model.output(0), crop, sum / POINTS / SUREST);
        }

        private static float max(float[] values) {
            float max = Float.NEGATIVE_INFINITY;
            for (float value : values) {
                max = Math.max(max, value);
            }
            return max;
        }
    }

    /// `peppa_wutz`: output the points, 204 values; the third of each says how sure it is: 0.95 in
    /// the mean is the most.
    final class PeppaWutz implements Landmarker {

        private static final double SUREST = 0.95;

        private final ModelSession model;

        PeppaWutz(ModelSession model) {
            this.model = model;
            model.signature().requireInput("input", 1, 3, LandmarkCrop.SIDE, LandmarkCrop.SIDE);
            model.signature().requireValues(0, 3L * POINTS);
        }

        @Override
        public Landmarking landmarks(LandmarkCrop crop) {
            crop.lay(model.input("input"));
            model.run();
            var output = model.output(0);
            double sum = 0;
            for (int point = 0; point < POINTS; point++) {
                sum += output.get(3 * point + 2);
            }
            return read(output, crop, sum / POINTS / SUREST);
        }
    }

    private static Landmarking read(FloatBuffer values, LandmarkCrop crop, double score) {
        var points = new ArrayList<Point>(POINTS);
        for (int i = 0; i < POINTS; i++) {
            points.add(
                    crop.back(
                            new Point(
                                    (double) values.get(3 * i) / GRID * LandmarkCrop.SIDE,
                                    (double) values.get(3 * i + 1) / GRID * LandmarkCrop.SIDE)));
        }
        return new Landmarking(points, Math.clamp(score, 0, 1));
    }
}

package dev.facefusion.runtime.engine.landmarker;

import dev.facefusion.runtime.engine.geometry.Point;
import dev.facefusion.runtime.engine.geometry.WarpTemplate;
import dev.facefusion.runtime.engine.session.ModelSession;
import java.util.ArrayList;
import java.util.List;

/// Guesses a face's 68 points from five (`fan_68_5`). For one thread.
///
/// Input: the five points, brought onto FFHQ's template in a square of side one, shape (1, 5, 2).
/// Output: shape (1, 68, 2), likewise.
public final class FiveToSixtyEight {

    private final ModelSession model;

    /// @throws dev.facefusion.runtime.models.ModelException if the model has not what the contract
    ///   says
    public FiveToSixtyEight(ModelSession model) {
        this.model = model;
        model.signature().requireInput("input", 1, 5, 2);
        model.signature().requireOutput(0, 1, Landmarker.POINTS, 2);
    }

    public List<Point> sixtyEight(List<Point> five) {
        var toTemplate = WarpTemplate.FFHQ_512.toCrop(five, 1);
        var input = model.input("input");
        for (int i = 0; i < five.size(); i++) {
            var point = toTemplate.map(five.get(i));
            input.put(2 * i, (float) point.x());
            input.put(2 * i + 1, (float) point.y());
        }
        model.run();
        var output = model.output(0);
        var back = toTemplate.inverse();
        var points = new ArrayList<Point>(Landmarker.POINTS);
        for (int i = 0; i < Landmarker.POINTS; i++) {
            points.add(back.map(new Point(output.get(2 * i), output.get(2 * i + 1))));
        }
        return points;
    }
}

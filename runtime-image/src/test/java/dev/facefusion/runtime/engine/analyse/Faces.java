package dev.facefusion.runtime.engine.analyse;

import dev.facefusion.runtime.engine.geometry.Box;
import dev.facefusion.runtime.engine.geometry.Detection;
import dev.facefusion.runtime.engine.geometry.FaceShape;
import dev.facefusion.runtime.engine.geometry.Point;
import dev.facefusion.runtime.engine.options.AgeRange;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Faces for tests, without a picture or a model.
public final class Faces {

    private Faces() {}

    /// A face whose every point lies somewhere in its box, elsewhere for another `bend`.
    ///
    /// @param bend from 1; `tests/reference/facefusion/tracking.py` places its points likewise
    static Face bent(Box box, double score, int bend, Traits traits) {
        IntFunction<Point> place =
                i ->
                        new Point(
                                box.left() + box.width() * (i * bend % 17) / 17,
                                box.top() + box.height() * (i * bend % 23) / 23);
        var five = IntStream.range(68, 73).mapToObj(place).toList();
        var points = IntStream.range(0, Face.POINTS).mapToObj(place).toList();
        return new Face(
                new Detection(score, box, List.of(five.get(1), five.get(0))),
                score / 2,
                five,
                points,
                Optional.empty(),
                FaceShape.upright(points),
                Optional.of(Embedding.of(new float[] {bend, 1})),
                Optional.of(traits));
    }

    /// A face of which only its place and score matter.
    public static Face at(Box box, double score) {
        return bent(
                box,
                score,
                1,
                new Traits(Traits.Gender.FEMALE, Traits.Race.ASIAN, new AgeRange(20, 29)));
    }
}

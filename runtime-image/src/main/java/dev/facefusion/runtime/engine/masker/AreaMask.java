package dev.facefusion.runtime.engine.masker;

import static java.util.stream.IntStream.rangeClosed;

import dev.facefusion.runtime.engine.geometry.Affine;
import dev.facefusion.runtime.engine.geometry.ConvexHull;
import dev.facefusion.runtime.engine.geometry.Point;
import dev.facefusion.runtime.engine.image.Plane;
import dev.facefusion.runtime.engine.image.PolygonFill;
import dev.facefusion.runtime.engine.options.MaskArea;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The hull of the landmarks of some areas of a face.
final class AreaMask {

    private AreaMask() {}

    /// Sets the pixels inside and on the hull to 1, the others to 0.
    ///
    /// @param landmarks 68 of the picture, in the order of iBUG's 300-W
    static void draw(Set<MaskArea> areas, List<Point> landmarks, Affine toCrop, Plane mask) {
        mask.fill(0);
        var corners =
                areas.stream()
                        .flatMapToInt(AreaMask::landmarks)
                        .mapToObj(landmarks::get)
                        .map(toCrop::map)
                        .map(p -> new Point((int) p.x(), (int) p.y()))
                        .toList();
        if (!corners.isEmpty()) {
            PolygonFill.fill(mask, ConvexHull.of(corners), 1);
        }
    }

    private static IntStream landmarks(MaskArea area) {
        return switch (area) {
            case UPPER_FACE ->
                    Stream.of(rangeClosed(0, 2), rangeClosed(14, 26), rangeClosed(31, 35))
                            .flatMapToInt(Function.identity());
            case LOWER_FACE -> IntStream.concat(rangeClosed(3, 13), rangeClosed(31, 35));
            case MOUTH -> rangeClosed(48, 67);
        };
    }
}

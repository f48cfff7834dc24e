package dev.facefusion.runtime.engine.paste;

import dev.facefusion.runtime.engine.geometry.Affine;
import dev.facefusion.runtime.engine.geometry.Point;
import dev.facefusion.runtime.engine.image.PixelBox;
import java.util.stream.Stream;

/// The part of a picture that a crop covers.
final class PasteArea {

    private PasteArea() {}

    /// The box around the crop's corners, each rounded to the nearest pixel and halves to the even
    /// one, as far as it lies in the picture.
    static PixelBox of(Affine toCrop, int side, PixelBox picture) {
        var back = toCrop.inverse();
        var corners =
                Stream.of(
                                new Point(0, 0),
                                new Point(side, 0),
                                new Point(side, side),
                                new Point(0, side))
                        .map(back::map)
                        .toList();
        var columns = corners.stream().mapToInt(p -> (int) Math.rint(p.x())).summaryStatistics();
        var rows = corners.stream().mapToInt(p -> (int) Math.rint(p.y())).summaryStatistics();
        return new PixelBox(
                Math.clamp(columns.getMin(), picture.left(), picture.right()),
                Math.clamp(rows.getMin(), picture.top(), picture.bottom()),
                Math.clamp(columns.getMax(), picture.left(), picture.right()),
                Math.clamp(rows.getMax(), picture.top(), picture.bottom()));
    }
}

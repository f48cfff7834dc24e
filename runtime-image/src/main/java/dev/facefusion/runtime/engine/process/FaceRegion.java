package dev.facefusion.runtime.engine.process;

import dev.facefusion.runtime.engine.geometry.FaceShape;
import dev.facefusion.runtime.engine.geometry.Landmarks;
import dev.facefusion.runtime.engine.image.PixelBox;

/// The part of a picture in which one face is worked on.
///
/// @param box in the picture's pixels
/// @param face landmarks in the region's pixels
/// @param size of the face, pixels
/// @param inner in the region's pixels: everything the mesh covers lies inside
record FaceRegion(PixelBox box, Landmarks face, double size, PixelBox inner) {

    /// Room around the landmarks for blurs and pyramids, in face sizes.
    private static final double MARGIN = 0.35;

    static FaceRegion of(Landmarks face, PixelBox picture) {
        var size = FaceShape.size(face);
        var around = face.box();
        var margin = MARGIN * size;
        var box =
                new PixelBox(
                        (int) Math.max(picture.left(), Math.floor(around.left() - margin)),
                        (int) Math.max(picture.top(), Math.floor(around.top() - margin)),
                        (int) Math.min(picture.right(), Math.ceil(around.right() + margin)),
                        (int) Math.min(picture.bottom(), Math.ceil(around.bottom() + margin)));
        var inner =
                new PixelBox(
                                (int) Math.floor(around.left()) - box.left(),
                                (int) Math.floor(around.top()) - box.top(),
                                (int) Math.ceil(around.right()) + 1 - box.left(),
                                (int) Math.ceil(around.bottom()) + 1 - box.top())
                        .grown(1, PixelBox.of(box.width(), box.height()));
        return new FaceRegion(box, face.placed(1, 1, -box.left(), -box.top()), size, inner);
    }

    int width() {
        return box.width();
    }

    int height() {
        return box.height();
    }

    PixelBox bounds() {
        return PixelBox.of(width(), height());
    }

    /// A share of the face's size in whole pixels, at least one.
    int pixels(double share) {
        return Math.max(1, (int) Math.rint(size * share));
    }
}

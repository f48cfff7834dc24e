package dev.facefusion.runtime.engine.image;

import java.util.function.Consumer;

/// What faces are looked for in, cut out of and put back into: a picture, or a frame of a video.
///
/// Who needs little of it, or changes it in place by linear mixing, asks which of the two it is and
/// works on what is there: making RGB of a whole frame takes longer than most of what is done to
/// it.
public sealed interface Canvas permits Picture, YuvCanvas {

    int width();

    int height();

    default PixelBox bounds() {
        return PixelBox.of(width(), height());
    }

    /// The whole in RGB, to be looked at. What is written there may be lost: see [#paint].
    Picture picture();

    /// Changes a part.
    ///
    /// @param part as far as it lies within the bounds, all that the brush may look at or change
    /// @param brush is given a picture of the canvas' size
    void paint(PixelBox part, Consumer<Picture> brush);
}

package dev.facefusion.runtime.engine.masker;

import dev.facefusion.runtime.engine.image.GaussianBlur;
import dev.facefusion.runtime.engine.image.Plane;

/// Draws a mask's edge inwards, so that it fades out before it ends.
final class SoftEdge {

    private static final double SIGMA = 5;

    private final GaussianBlur blur = new GaussianBlur();

    /// Changes the mask in place: what is half hidden after the blur is hidden, the rest is spread
    /// over 0 to 1.
    void soften(Plane mask) {
        blur.blur(mask, SIGMA, mask);
        var values = mask.values();
        int size = mask.width() * mask.height();
        for (int i = 0; i < size; i++) {
            values[i] = (Math.clamp(values[i], 0.5f, 1f) - 0.5f) * 2;
        }
    }
}

package dev.facefusion.runtime.engine.masker;

import dev.facefusion.runtime.engine.image.GaussianBlur;
import dev.facefusion.runtime.engine.image.Plane;
import dev.facefusion.runtime.engine.options.Margins;
import java.util.Arrays;

/// A crop without its soft edge.
///
/// @param side of the crop, pixels
/// @param blur this share of half the crop fades out, 0 to 1
/// @param padding left out, in percent of the crop; an edge is at least half the fading wide
public record BoxMask(int side, double blur, Margins padding) {

    /// 1 inside, 0 outside, the edge between them blurred.
    public Plane draw() {
        int fade = (int) (side * 0.5 * blur);
        int edge = Math.max(fade / 2, 1);
        int top = Math.max(edge, share(padding.top()));
        int bottom = side - Math.max(edge, share(padding.bottom()));
        int left = Math.max(edge, share(padding.left()));
        int right = side - Math.max(edge, share(padding.right()));
        var box = new Plane().reshape(side, side).fill(0);
        for (int y = top; y < bottom; y++) {
            if (left < right) {
                Arrays.fill(box.values(), y * side + left, y * side + right, 1);
            }
        }
        if (fade > 0) {
            new GaussianBlur().blur(box, fade * 0.25, box);
        }
        return box;
    }

    private int share(int percent) {
        return side * percent / 100;
    }
}

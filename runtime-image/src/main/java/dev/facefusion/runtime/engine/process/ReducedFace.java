package dev.facefusion.runtime.engine.process;

import dev.facefusion.runtime.engine.geometry.Landmarks;
import dev.facefusion.runtime.engine.image.AreaResize;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.image.PixelBox;
import dev.facefusion.runtime.engine.image.Plane;

/// A face's region of a picture, `factor` times smaller: a face that fills a large photograph would
/// otherwise need gigabytes of planes.
///
/// What was done to the small picture is carried over to the large one as one more step of the
/// multiband blend. The finest band, which the small picture cannot hold, is the target's outside
/// the mask and nothing inside.
final class ReducedFace {

    private final PixelBox box;
    private final int factor;
    private final Picture before;
    private final Picture picture;
    private final Landmarks face;

    private ReducedFace(PixelBox box, int factor, Picture before, Landmarks face) {
        this.box = box;
        this.factor = factor;
        this.before = before;
        this.picture = before.copy();
        this.face = face;
    }

    static ReducedFace of(Picture picture, FaceRegion region, int factor) {
        var box = region.box();
        int width = box.width() / factor;
        int height = box.height() / factor;
        var whole =
                new PixelBox(
                        box.left(),
                        box.top(),
                        box.left() + width * factor,
                        box.top() + height * factor);
        var small = new AreaResize().shrinkPart(picture, whole, factor);
        // The centre of a small pixel lies between the pixels that it covers.
        var shift = (1.0 / factor - 1) / 2;
        var face = region.face().placed(1.0 / factor, 1.0 / factor, shift, shift);
        return new ReducedFace(whole, factor, small, face);
    }

    /// The small picture, to be worked on.
    Picture picture() {
        return picture;
    }

    /// The landmarks in the small picture.
    Landmarks face() {
        return face;
    }

    /// Carries the change over.
    ///
    /// @param mask share of the new face
    /// @param maskBox where the mask lies in the small picture
    void writeBack(Plane mask, PixelBox maskBox, Picture large) {
        for (int y = box.top(); y < box.bottom(); y++) {
            var placeY = (y - box.top() + 0.5) / factor - 0.5;
            int top = Math.clamp((int) Math.floor(placeY), 0, before.height() - 2);
            float down = (float) Math.clamp(placeY - top, 0, 1);
            for (int x = box.left(); x < box.right(); x++) {
                var placeX = (x - box.left() + 0.5) / factor - 0.5;
                int left = Math.clamp((int) Math.floor(placeX), 0, before.width() - 2);
                float across = (float) Math.clamp(placeX - left, 0, 1);
                float share = share(mask, maskBox, left, top);
                int to = 3 * (y * large.width() + x);
                int from = 3 * (top * before.width() + left);
                for (int c = 0; c < 3; c++) {
                    float old = sample(before, from + c, across, down);
                    float change = sample(picture, from + c, across, down) - old;
                    int target = large.rgb()[to + c] & 0xFF;
                    float value = target + change - share * (target - old);
                    large.rgb()[to + c] = (byte) (Math.clamp(value, 0f, 255f) + 0.5f);
                }
            }
        }
    }

    private static float share(Plane mask, PixelBox maskBox, int x, int y) {
        boolean inside =
                x >= maskBox.left()
                        && y >= maskBox.top()
                        && x < maskBox.right()
                        && y < maskBox.bottom();
        return inside ? mask.values()[(y - maskBox.top()) * mask.width() + x - maskBox.left()] : 0;
    }

    private static float sample(Picture picture, int at, float across, float down) {
        var rgb = picture.rgb();
        int below = at + 3 * picture.width();
        float upper = (rgb[at] & 0xFF) * (1 - across) + (rgb[at + 3] & 0xFF) * across;
        float lower = (rgb[below] & 0xFF) * (1 - across) + (rgb[below + 3] & 0xFF) * across;
        return upper + down * (lower - upper);
    }
}

package dev.facefusion.runtime.engine.process;

import dev.facefusion.runtime.engine.geometry.FaceShape;
import dev.facefusion.runtime.engine.image.Erosion;
import dev.facefusion.runtime.engine.image.GaussianBlur;
import dev.facefusion.runtime.engine.image.PixelBox;
import dev.facefusion.runtime.engine.image.Plane;
import dev.facefusion.runtime.engine.image.PolygonFill;

/// Keeps the target above the brows where a layer shows no skin there: a fringe does not travel
/// with the face, and a hat or hair is not painted over.
final class ForeheadGuard {

    private static final double SOURCE_LIFT = 0.03;
    private static final double TARGET_LIFT = 0.10;
    private static final double EROSION = 0.02;
    private static final double SKIN_FEATHER = 0.025;
    private static final double BROW_FEATHER = 0.02;

    /// How far the area above the brows extends, in face sizes.
    private static final double REACH = 4;

    private final GaussianBlur blur;
    private final Erosion erosion = new Erosion();
    private final Plane skin = new Plane();
    private final Plane above = new Plane();
    private final Plane allowed = new Plane();

    ForeheadGuard(GaussianBlur blur) {
        this.blur = blur;
    }

    /// How far around the face's inner box the skin must be known.
    static int margin(FaceRegion region) {
        return region.pixels(EROSION) + GaussianBlur.radius(skinSigma(region));
    }

    /// Lowers the mask where the source's layer shows no skin, and higher up where the target does
    /// not.
    void guard(Plane sourceSkin, Plane targetSkin, FaceRegion region, Plane mask) {
        allowed.reshape(mask).fill(1);
        limit(sourceSkin, SOURCE_LIFT, region);
        limit(targetSkin, TARGET_LIFT, region);
        var inner = region.inner();
        for (int y = inner.top(); y < inner.bottom(); y++) {
            int end = y * mask.width() + inner.right();
            for (int i = y * mask.width() + inner.left(); i < end; i++) {
                mask.values()[i] *= allowed.values()[i];
            }
        }
    }

    private void limit(Plane likeness, double lift, FaceRegion region) {
        var outline =
                FaceShape.aboveBrows(region.face(), lift * region.size(), REACH * region.size());
        PolygonFill.fill(above.reshape(allowed).fill(0), outline, 1);
        var sigma = Math.max(1, region.size() * BROW_FEATHER);
        var part = extent(above, region.inner()).grown(GaussianBlur.radius(sigma), region.inner());
        if (part.isEmpty()) {
            return;
        }
        blur.blur(above, sigma, above, part);
        var around = part.grown(GaussianBlur.radius(skinSigma(region)), region.bounds());
        erosion.square(likeness, region.pixels(EROSION), skin, around);
        blur.blur(skin, skinSigma(region), skin, part);
        for (int y = part.top(); y < part.bottom(); y++) {
            int end = y * above.width() + part.right();
            for (int i = y * above.width() + part.left(); i < end; i++) {
                float share = 1 - above.values()[i] * (1 - skin.values()[i]);
                allowed.values()[i] = Math.min(allowed.values()[i], share);
            }
        }
    }

    /// The box around what is above zero.
    private static PixelBox extent(Plane plane, PixelBox window) {
        int left = window.right();
        int top = window.bottom();
        int right = window.left();
        int bottom = window.top();
        for (int y = window.top(); y < window.bottom(); y++) {
            for (int x = window.left(); x < window.right(); x++) {
                if (plane.values()[y * plane.width() + x] > 0) {
                    left = Math.min(left, x);
                    top = Math.min(top, y);
                    right = Math.max(right, x + 1);
                    bottom = Math.max(bottom, y + 1);
                }
            }
        }
        return new PixelBox(left, top, right, bottom);
    }

    private static double skinSigma(FaceRegion region) {
        return Math.max(1, region.size() * SKIN_FEATHER);
    }
}

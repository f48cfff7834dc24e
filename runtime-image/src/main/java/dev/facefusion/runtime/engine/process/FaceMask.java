package dev.facefusion.runtime.engine.process;

import dev.facefusion.runtime.engine.geometry.FaceShape;
import dev.facefusion.runtime.engine.image.Erosion;
import dev.facefusion.runtime.engine.image.GaussianBlur;
import dev.facefusion.runtime.engine.image.Plane;
import dev.facefusion.runtime.engine.image.PolygonFill;

/// The inside of the face's oval.
final class FaceMask {

    private static final double EROSION = 0.035;
    private static final double FEATHER = 0.03;
    private static final double SMOOTHING = 0.008;

    private final Erosion erosion = new Erosion();
    private final GaussianBlur blur;
    private final Plane oval = new Plane();

    FaceMask(GaussianBlur blur) {
        this.blur = blur;
    }

    /// The oval as ones and zeros, cut to the covered area and drawn in a little.
    ///
    /// @param keepMouth leave out what lies between the lips
    void hard(FaceRegion region, Plane covered, boolean keepMouth, Plane mask) {
        oval.reshape(covered).fill(0);
        PolygonFill.fill(oval, FaceShape.oval(region.face()), 1);
        multiply(oval, covered);
        erosion.ellipse(oval, region.pixels(EROSION), mask);
        if (keepMouth) {
            PolygonFill.fill(mask, FaceShape.innerLips(region.face()), 0);
        }
    }

    /// The mask with a soft edge, 0 to 1, and 0 outside the covered area.
    void soften(FaceRegion region, Plane hard, Plane covered, Plane soft) {
        soft.reshape(hard).fill(0);
        blur.blur(hard, Math.max(1, region.size() * FEATHER), soft, region.inner());
        var values = soft.values();
        var cover = covered.values();
        var inner = region.inner();
        for (int y = inner.top(); y < inner.bottom(); y++) {
            int end = y * soft.width() + inner.right();
            for (int i = y * soft.width() + inner.left(); i < end; i++) {
                values[i] = Math.clamp((values[i] - 0.1f) / 0.8f, 0f, 1f) * cover[i];
            }
        }
        var sigma = Math.max(0.8, region.size() * SMOOTHING);
        blur.blur(soft, sigma, soft, inner.grown(GaussianBlur.radius(sigma), soft.bounds()));
    }

    private static void multiply(Plane plane, Plane by) {
        var values = plane.values();
        for (int i = 0; i < plane.width() * plane.height(); i++) {
            values[i] *= by.values()[i];
        }
    }
}

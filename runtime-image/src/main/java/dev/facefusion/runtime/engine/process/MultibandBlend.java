package dev.facefusion.runtime.engine.process;

import dev.facefusion.runtime.engine.image.GaussianBlur;
import dev.facefusion.runtime.engine.image.Layer;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.image.Plane;
import dev.facefusion.runtime.engine.image.Pyramid;
import java.util.stream.Stream;

/// Burt and Adelson's blend: coarse structure crosses the seam softly, fine detail sharply.
///
/// The blend of two layers by a mask, band by band, is linear. So it is the target plus the blend
/// of the layers' difference with nothing, and one Laplacian pyramid does for both layers.
final class MultibandBlend {

    private static final int MAX_LEVELS = 4;

    /// The result reaches this far beyond the covered area, in face sizes.
    private static final double LIMIT = 0.04;

    private final GaussianBlur blur;
    private final Pyramid pyramid = new Pyramid();
    private final Plane[] masks = planes();
    private final Plane[] differences = planes();
    private final Plane[] enlarged = planes();
    private final Plane[] sums = planes();
    private final Plane limit = new Plane();

    MultibandBlend(GaussianBlur blur) {
        this.blur = blur;
    }

    private static Plane[] planes() {
        return Stream.generate(Plane::new).limit(MAX_LEVELS + 1).toArray(Plane[]::new);
    }

    /// Writes the blend into the picture.
    ///
    /// @param layer RGB, equal to the target outside the covered area; defined in the inner box
    /// @param target RGB, what the picture shows in the region
    /// @param mask 0 to 1, share of the layer
    void blend(
            Layer layer,
            Layer target,
            Plane mask,
            Plane covered,
            FaceRegion region,
            Picture picture) {
        int levels = levels(region.size());
        masks[0] = mask;
        for (int level = 0; level < levels; level++) {
            pyramid.down(masks[level], masks[level + 1]);
        }
        var sigma = region.size() * LIMIT;
        var reached = region.inner().grown(GaussianBlur.radius(sigma), region.bounds());
        blur.blur(covered, sigma, limit, reached);
        for (int channel = 0; channel < 3; channel++) {
            subtract(layer.plane(channel), target.plane(channel), mask, region);
            var change = collapse(levels);
            for (int y = reached.top(); y < reached.bottom(); y++) {
                int row = y * region.width();
                int to =
                        3 * ((region.box().top() + y) * picture.width() + region.box().left())
                                + channel;
                for (int x = reached.left(); x < reached.right(); x++) {
                    float share = Math.min(1, 2 * limit.values()[row + x]);
                    float value =
                            target.plane(channel).values()[row + x]
                                    + share * change.values()[row + x];
                    picture.rgb()[to + 3 * x] = (byte) (Math.clamp(value, 0f, 255f) + 0.5f);
                }
            }
        }
    }

    private static int levels(double faceSize) {
        var octaves = Math.log(Math.max(faceSize, 32)) / Math.log(2);
        return Math.clamp((int) Math.rint(octaves - 4), 1, MAX_LEVELS);
    }

    private void subtract(Plane layer, Plane target, Plane mask, FaceRegion region) {
        var difference = differences[0].reshape(mask).fill(0).values();
        var inner = region.inner();
        for (int y = inner.top(); y < inner.bottom(); y++) {
            int end = y * mask.width() + inner.right();
            for (int i = y * mask.width() + inner.left(); i < end; i++) {
                difference[i] = mask.values()[i] > 0 ? layer.values()[i] - target.values()[i] : 0;
            }
        }
    }

    /// The differences' bands, each weighed by the mask of its size, put together again.
    private Plane collapse(int levels) {
        for (int level = 0; level < levels; level++) {
            pyramid.down(differences[level], differences[level + 1]);
        }
        var coarsest = differences[levels];
        var sum = sums[levels].reshape(coarsest);
        for (int i = 0; i < coarsest.width() * coarsest.height(); i++) {
            sum.values()[i] = masks[levels].values()[i] * coarsest.values()[i];
        }
        for (int level = levels - 1; level >= 0; level--) {
            sum = addBand(level, sum);
        }
        return sum;
    }

    private Plane addBand(int level, Plane coarser) {
        var fine = differences[level];
        pyramid.up(differences[level + 1], fine.width(), fine.height(), enlarged[level]);
        pyramid.up(coarser, fine.width(), fine.height(), sums[level]);
        var mask = masks[level].values();
        var values = fine.values();
        var blurred = enlarged[level].values();
        var sum = sums[level].values();
        for (int i = 0; i < fine.width() * fine.height(); i++) {
            sum[i] += mask[i] * (values[i] - blurred[i]);
        }
        return sums[level];
    }
}

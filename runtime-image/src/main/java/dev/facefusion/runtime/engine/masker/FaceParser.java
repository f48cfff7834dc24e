package dev.facefusion.runtime.engine.masker;

import dev.facefusion.runtime.engine.image.BilinearResize;
import dev.facefusion.runtime.engine.image.Layer;
import dev.facefusion.runtime.engine.image.Normalisation;
import dev.facefusion.runtime.engine.image.Plane;
import dev.facefusion.runtime.engine.options.MaskRegion;
import dev.facefusion.runtime.engine.session.ModelSession;
import java.util.Arrays;
import java.util.Set;

/// Says which part of a face a pixel shows (`bisenet_resnet_18`, `bisenet_resnet_34`).
///
/// Input: R, G, B, NCHW float32 with ImageNet's mean and deviation, shape (1, 3, 512, 512). Output
/// 0: how likely each of 19 classes is, NCHW float32, shape (1, 19, 512, 512).
public final class FaceParser {

    private static final String INPUT = "input";
    private static final int SIDE = 512;
    private static final int PIXELS = SIDE * SIDE;
    private static final int CLASSES = 19;

    private final ModelSession model;
    private final BilinearResize resize = new BilinearResize();
    private final Plane resized = new Plane();
    private final float[] best = new float[PIXELS];
    private final float[] likeness = new float[PIXELS];

    /// @throws dev.facefusion.runtime.models.ModelException if the model has not these shapes
    public FaceParser(ModelSession model) {
        model.reshape(INPUT, 1, 3, SIDE, SIDE);
        model.signature().requireOutput(0, 1, CLASSES, SIDE, SIDE);
        this.model = model;
    }

    /// Looks at a crop.
    ///
    /// @param crop R, G, B in 0 to 255
    /// @param inside the result, as large as the crop: 1 in the regions, 0 elsewhere, what is
    ///   between at their edges
    void find(Layer crop, Set<MaskRegion> regions, Plane inside) {
        var input = model.input(INPUT);
        for (int channel = 0; channel < 3; channel++) {
            resize.resize(crop.plane(channel), SIDE, SIDE, resized);
            scale(resized.values(), channel);
            input.put(channel * PIXELS, resized.values(), 0, PIXELS);
        }
        model.run();
        chooseRegions(regions);
        resize.resize(resized, crop.width(), crop.height(), inside);
    }

    private static void scale(float[] values, int channel) {
        float scale = Normalisation.IMAGENET.scale(channel);
        float offset = Normalisation.IMAGENET.offset(channel);
        for (int i = 0; i < PIXELS; i++) {
            values[i] = values[i] * scale + offset;
        }
    }

    /// Sets each pixel to 1 if the likeliest class, of equals the first, is one of the regions'.
    private void chooseRegions(Set<MaskRegion> regions) {
        var chosen = new boolean[CLASSES];
        regions.forEach(region -> chosen[number(region)] = true);
        var mask = resized.reshape(SIDE, SIDE).values();
        var output = model.output(0);
        Arrays.fill(best, Float.NEGATIVE_INFINITY);
        for (int number = 0; number < CLASSES; number++) {
            output.get(number * PIXELS, likeness);
            float value = chosen[number] ? 1 : 0;
            for (int i = 0; i < PIXELS; i++) {
                boolean better = likeness[i] > best[i];
                mask[i] = better ? value : mask[i];
                best[i] = Math.max(likeness[i], best[i]);
            }
        }
    }

    /// The model's number of the class.
    private static int number(MaskRegion region) {
        return switch (region) {
            case SKIN -> 1;
            case LEFT_EYEBROW -> 2;
            case RIGHT_EYEBROW -> 3;
            case LEFT_EYE -> 4;
            case RIGHT_EYE -> 5;
            case GLASSES -> 6;
            case NOSE -> 10;
            case MOUTH -> 11;
            case UPPER_LIP -> 12;
            case LOWER_LIP -> 13;
        };
    }
}

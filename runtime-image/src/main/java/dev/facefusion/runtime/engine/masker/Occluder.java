package dev.facefusion.runtime.engine.masker;

import dev.facefusion.runtime.engine.image.BilinearResize;
import dev.facefusion.runtime.engine.image.Layer;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.image.Plane;
import dev.facefusion.runtime.engine.session.ModelSession;

/// Tells a face from what hides it (`xseg_1`, `xseg_2`, `xseg_3`).
///
/// Input: B, G, R, NHWC float32 in [0, 1], shape (1, 256, 256, 3). Output 0: NHWC float32, 1 where
/// the face shows, shape (1, 256, 256, 1).
public final class Occluder {

    private static final String INPUT = "input";
    private static final int SIDE = 256;

    private final ModelSession model;
    private final BilinearResize resize = new BilinearResize();
    private final Layer colours = new Layer();
    private final Plane resized = new Plane();
    private final float[] tensor = new float[3 * SIDE * SIDE];

    /// @throws dev.facefusion.runtime.models.ModelException if the model has not these shapes
    public Occluder(ModelSession model) {
        model.reshape(INPUT, 1, SIDE, SIDE, 3);
        model.signature().requireOutput(0, 1, SIDE, SIDE, 1);
        this.model = model;
    }

    /// Looks at a crop.
    ///
    /// @param visible the result, as large as the crop, 0 to 1
    void find(Picture crop, Plane visible) {
        colours.read(crop, crop.bounds());
        for (int channel = 0; channel < 3; channel++) {
            resize.resize(colours.plane(channel), SIDE, SIDE, resized);
            for (int i = 0; i < SIDE * SIDE; i++) {
                // As OpenCV resizes bytes: to whole numbers.
                tensor[3 * i + 2 - channel] = (int) (resized.values()[i] + 0.5f) / 255f;
            }
        }
        model.run(tensor);
        resized.reshape(SIDE, SIDE);
        model.output(0).get(0, resized.values(), 0, SIDE * SIDE);
        for (int i = 0; i < SIDE * SIDE; i++) {
            resized.values()[i] = Math.clamp(resized.values()[i], 0f, 1f);
        }
        resize.resize(resized, crop.width(), crop.height(), visible);
    }
}

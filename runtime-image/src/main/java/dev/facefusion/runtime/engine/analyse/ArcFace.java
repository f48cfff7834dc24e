package dev.facefusion.runtime.engine.analyse;

import dev.facefusion.runtime.engine.geometry.WarpTemplate;
import dev.facefusion.runtime.engine.image.AffineCrop;
import dev.facefusion.runtime.engine.image.Border;
import dev.facefusion.runtime.engine.image.Canvas;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.image.TensorLayout;
import dev.facefusion.runtime.engine.session.ModelSession;

/// InsightFace's recogniser (`arcface_w600k_r50`).
///
/// Input: RGB, NCHW float32 in [-1, 1], shape (1, 3, 112, 112). Output: shape (1, 512), not
/// normalised.
public final class ArcFace implements FaceRecogniser {

    private static final int SIDE = 112;
    private static final int LENGTH = 512;

    private final ModelSession model;
    private final Picture crop = Picture.black(SIDE, SIDE);
    private final float[] tensor = new float[3 * SIDE * SIDE];

    /// @throws dev.facefusion.runtime.models.ModelException if the model has not what the contract
    ///   says
    public ArcFace(ModelSession model) {
        this.model = model;
        model.signature().requireInput("input", 1, 3, SIDE, SIDE);
        model.signature().requireOutput(0, 1, LENGTH);
    }

    @Override
    public Embedding embed(Canvas canvas, Face face) {
        var toCrop = WarpTemplate.ARCFACE_112_V2.toCrop(face.fivePoints(), SIDE);
        AffineCrop.cut(canvas, toCrop, Border.REPLICATE, crop);
        TensorLayout.channelsFirst(crop, 1 / 127.5f, -1, tensor);
        model.input("input").put(0, tensor);
        model.run();
        var values = new float[LENGTH];
        model.output(0).get(0, values);
        return Embedding.of(values);
    }

    /// Half of one minus the cosine.
    @Override
    public double distance(Embedding one, Embedding other) {
        double cosine = 0;
        for (int i = 0; i < LENGTH; i++) {
            cosine += (double) one.normalised()[i] * other.normalised()[i];
        }
        return Math.clamp((1 - cosine) / 2, 0, 1);
    }
}

package dev.facefusion.runtime.engine.analyse;

import dev.facefusion.runtime.engine.geometry.RegionOfInterest;
import dev.facefusion.runtime.engine.image.AffineCrop;
import dev.facefusion.runtime.engine.image.Border;
import dev.facefusion.runtime.engine.image.Canvas;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.image.TensorLayout;
import dev.facefusion.runtime.engine.session.ModelSession;

/// Says whose face it is, as numbers (`face_embedding_128`).
///
/// Input: RGB, NHWC float32 in [0, 255], shape (1, 150, 150, 3). Output: shape (1, 128), not
/// normalised.
public final class BundledRecogniser implements FaceRecogniser {

    private static final int SIZE = 150;
    private static final int LENGTH = 128;
    private static final double MARGIN = 1.25;

    private final ModelSession model;
    private final Picture crop = Picture.black(SIZE, SIZE);
    private final float[] tensor = new float[SIZE * SIZE * 3];

    public BundledRecogniser(ModelSession model) {
        this.model = model;
    }

    @Override
    public Embedding embed(Canvas canvas, Face face) {
        var detection = face.detection();
        var upright =
                RegionOfInterest.of(detection.box(), detection.rightEye(), detection.leftEye());
        var region =
                new RegionOfInterest(
                        upright.centre(), MARGIN * detection.box().width(), upright.angle());
        AffineCrop.cut(canvas, region.toCrop(SIZE), Border.BLACK, crop);
        TensorLayout.channelsLast(crop, 1, 0, tensor);
        model.run(tensor);
        var values = new float[LENGTH];
        model.output("embedding").get(0, values);
        return Embedding.of(values);
    }

    /// Half the Euclidean distance: this model's makers draw the line between two persons at 0.6.
    @Override
    public double distance(Embedding one, Embedding other) {
        return Math.min(1, one.distanceTo(other) / 2);
    }
}

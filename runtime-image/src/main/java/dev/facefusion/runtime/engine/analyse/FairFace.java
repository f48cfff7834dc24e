package dev.facefusion.runtime.engine.analyse;

import dev.facefusion.runtime.engine.analyse.Traits.Gender;
import dev.facefusion.runtime.engine.analyse.Traits.Race;
import dev.facefusion.runtime.engine.geometry.WarpTemplate;
import dev.facefusion.runtime.engine.image.AffineCrop;
import dev.facefusion.runtime.engine.image.Border;
import dev.facefusion.runtime.engine.image.Canvas;
import dev.facefusion.runtime.engine.image.Normalisation;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.image.TensorLayout;
import dev.facefusion.runtime.engine.options.AgeRange;
import dev.facefusion.runtime.engine.session.ModelSession;
import java.util.List;

/// Takes faces for one of a few groups (`fairface`). For one thread.
///
/// Input: RGB, NCHW float32, ImageNet's normalisation, shape (1, 3, 224, 224). Outputs, in this
/// order: the numbers of race, gender and range of ages.
public final class FairFace {

    private static final int SIDE = 224;

    private static final List<AgeRange> AGES =
            List.of(
                    new AgeRange(0, 2),
                    new AgeRange(3, 9),
                    new AgeRange(10, 19),
                    new AgeRange(20, 29),
                    new AgeRange(30, 39),
                    new AgeRange(40, 49),
                    new AgeRange(50, 59),
                    new AgeRange(60, 69),
                    new AgeRange(70, 100));

    private final ModelSession model;
    private final Picture crop = Picture.black(SIDE, SIDE);
    private final float[] tensor = new float[3 * SIDE * SIDE];

    /// @throws dev.facefusion.runtime.models.ModelException if the model has not what the contract
    ///   says
    public FairFace(ModelSession model) {
        this.model = model;
        model.signature().requireInput("input", 1, 3, SIDE, SIDE);
        model.signature().requireIndex(0);
        model.signature().requireIndex(1);
        model.signature().requireIndex(2);
    }

    public Traits classify(Canvas canvas, Face face) {
        var toCrop = WarpTemplate.ARCFACE_112_V2.toCrop(face.fivePoints(), SIDE);
        AffineCrop.cut(canvas, toCrop, Border.REPLICATE, crop);
        TensorLayout.channelsFirst(crop, Normalisation.IMAGENET, tensor);
        model.input("input").put(0, tensor);
        model.run();
        return new Traits(
                model.longs(1)[0] == 1 ? Gender.FEMALE : Gender.MALE,
                race((int) model.longs(0)[0]),
                AGES.get(Math.clamp(model.longs(2)[0], 0, AGES.size() - 1)));
    }

    private static Race race(int number) {
        return switch (number) {
            case 0 -> Race.WHITE;
            case 1 -> Race.BLACK;
            case 2 -> Race.LATINO;
            case 3, 4 -> Race.ASIAN;
            case 5 -> Race.INDIAN;
            default -> Race.ARABIC;
        };
    }
}

package dev.facefusion.runtime.engine.enhancer;

import dev.facefusion.runtime.engine.geometry.WarpTemplate;
import dev.facefusion.runtime.engine.image.AffineCrop;
import dev.facefusion.runtime.engine.image.Border;
import dev.facefusion.runtime.engine.image.Layer;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.image.PixelBox;
import dev.facefusion.runtime.engine.image.TensorLayout;
import dev.facefusion.runtime.engine.masker.Masker;
import dev.facefusion.runtime.engine.options.FaceOptions;
import dev.facefusion.runtime.engine.options.Margins;
import dev.facefusion.runtime.engine.options.MaskOptions;
import dev.facefusion.runtime.engine.options.MaskType;
import dev.facefusion.runtime.engine.options.Objection;
import dev.facefusion.runtime.engine.paste.ChangedFace;
import dev.facefusion.runtime.engine.paste.PasteBack;
import dev.facefusion.runtime.engine.paste.Sampling;
import dev.facefusion.runtime.engine.process.FaceProcessor;
import dev.facefusion.runtime.engine.process.FaceTask;
import dev.facefusion.runtime.engine.session.ModelSession;
import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.engine.stage.StageClock;
import dev.facefusion.runtime.models.ModelException;
import java.util.EnumSet;
import java.util.Optional;

/// Sharpens and cleans faces with one of FaceFusion's models.
///
/// Its mask is a box without padding and, if asked for, what hides the face; the masks of areas and
/// regions are the swapper's.
public final class ModelEnhancer implements FaceProcessor {

    private static final String INPUT = EnhancerContract.INPUT;
    private static final String WEIGHT = "weight";

    private final WarpTemplate template;
    private final ModelSession model;
    private final Masker masker;
    private final PasteBack pasteBack = new PasteBack(Sampling.ROUNDED);
    private final Picture crop;
    private final float[] tensor;
    private final Layer enhanced = new Layer();

    private ModelEnhancer(WarpTemplate template, int side, ModelSession model, Masker masker) {
        this.template = template;
        this.model = model;
        this.masker = masker;
        this.crop = Picture.black(side, side);
        this.tensor = new float[3 * side * side];
    }

    /// An enhancer of a loaded model.
    ///
    /// @param name its model's: one that leaves its size open and could have several has the one
    ///   that its name ends with
    /// @throws ModelException if the model has not the contract's shapes
    public static ModelEnhancer of(
            EnhancerContract contract, String name, ModelSession model, Masker masker) {
        int side = contract.side(name, model.signature());
        model.reshape(INPUT, 1, 3, side, side);
        model.signature().requireOutput(0, 1, 3, side, side);
        return new ModelEnhancer(contract.template(), side, model, masker);
    }

    @Override
    public Optional<Objection> objection(FaceOptions options) {
        return masker.objection(mask(options.mask()));
    }

    private static MaskOptions mask(MaskOptions asked) {
        var types = EnumSet.of(MaskType.BOX);
        if (asked.types().contains(MaskType.OCCLUSION)) {
            types.add(MaskType.OCCLUSION);
        }
        return new MaskOptions(
                types,
                asked.areas(),
                asked.regions(),
                asked.blur(),
                Margins.NONE,
                asked.occluder(),
                asked.parser());
    }

    @Override
    public PixelBox process(FaceTask task, StageClock clock) {
        var canvas = task.canvas();
        var options = task.options();
        var toCrop = template.toCrop(task.face().fivePoints(), crop.width());
        clock.time(Stage.WARP, () -> AffineCrop.cut(canvas, toCrop, Border.REPLICATE, crop));
        var mask = clock.time(Stage.MASK, () -> masker.before(crop, mask(options.mask())));
        clock.time(Stage.ENHANCE, () -> enhance(options.enhancer().weight()));
        var changed = new ChangedFace(toCrop, enhanced, mask);
        return clock.time(Stage.BLEND, () -> pasteBack.paste(canvas, changed, task.blendRatio()));
    }

    private void enhance(double weight) {
        TensorLayout.channelsFirst(crop, 1 / 127.5f, -1, tensor);
        model.input(INPUT).put(0, tensor);
        if (model.signature().takes(WEIGHT)) {
            model.scalar(WEIGHT, weight);
        }
        model.run();
        model.output(0).get(0, tensor);
        enhanced.reshape(crop.width(), crop.height());
        int size = crop.width() * crop.height();
        for (int channel = 0; channel < 3; channel++) {
            var plane = enhanced.plane(channel).values();
            for (int i = 0; i < size; i++) {
                float value = Math.clamp(tensor[channel * size + i], -1f, 1f);
                plane[i] = (float) Math.rint((value + 1) / 2 * 255);
            }
        }
    }
}

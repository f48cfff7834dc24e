package dev.facefusion.runtime.engine.swapper;

import dev.facefusion.runtime.engine.analyse.Face;
import dev.facefusion.runtime.engine.geometry.Affine;
import dev.facefusion.runtime.engine.image.AffineCrop;
import dev.facefusion.runtime.engine.image.Border;
import dev.facefusion.runtime.engine.image.Canvas;
import dev.facefusion.runtime.engine.image.Layer;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.image.PixelBox;
import dev.facefusion.runtime.engine.masker.Masker;
import dev.facefusion.runtime.engine.options.FaceOptions;
import dev.facefusion.runtime.engine.options.Objection;
import dev.facefusion.runtime.engine.options.SwapperOptions;
import dev.facefusion.runtime.engine.paste.ChangedFace;
import dev.facefusion.runtime.engine.paste.PasteBack;
import dev.facefusion.runtime.engine.process.FaceProcessor;
import dev.facefusion.runtime.engine.process.FaceTask;
import dev.facefusion.runtime.engine.session.ModelSession;
import dev.facefusion.runtime.engine.session.ModelSessions;
import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.engine.stage.StageClock;
import dev.facefusion.runtime.models.ModelException;
import dev.facefusion.runtime.models.ModelStore;
import java.util.Optional;

/// Swaps faces with one of FaceFusion's models.
///
/// 1. warp: the face upright in a crop;
/// 2. mask: box and occlusion;
/// 3. swap: the model on the crop, or on each of its [tiles][PixelTile];
/// 4. mask again: area and region;
/// 5. blend: back into the picture.
public final class ModelSwapper implements FaceProcessor {

    private static final String SOURCE = "source";
    private static final String TARGET = "target";

    private final SwapperContract contract;
    private final ModelSession model;
    private final SourceEncoder encoder;
    private final Masker masker;
    private final PasteBack pasteBack;
    private final float[] tensor;
    private final Layer swapped = new Layer();
    private Picture crop;

    private ModelSwapper(
            SwapperContract contract, ModelSession model, SourceEncoder encoder, Masker masker) {
        this.contract = contract;
        this.model = model;
        this.encoder = encoder;
        this.masker = masker;
        this.pasteBack = new PasteBack(contract.output().sampling());
        this.tensor = new float[3 * contract.side() * contract.side()];
        this.crop = Picture.black(contract.side(), contract.side());
    }

    /// A swapper of loaded models.
    ///
    /// @param name its model's
    /// @param files what the models were loaded from
    /// @param models at least the swapper's and its [converter's][SwapperContract#converter]
    /// @throws ModelException if the swapper's file has not what it should
    public static ModelSwapper of(
            SwapperContract contract,
            String name,
            ModelStore files,
            ModelSessions models,
            Masker masker) {
        var model = models.get(name);
        fit(contract, model);
        return new ModelSwapper(
                contract, model, SourceEncoder.of(contract.source(), name, files, models), masker);
    }

    /// Checks a swapper's own file; its [converter][SwapperContract#converter] need not be there.
    ///
    /// @param name its model's
    /// @param files what the model was loaded from
    /// @throws ModelException if the file has not what it should
    public static void check(
            SwapperContract contract, String name, ModelStore files, ModelSession model) {
        fit(contract, model);
        if (contract.source() instanceof SourceKind.Mapped) {
            IdentityMatrix.of(files.bytes(name));
        }
    }

    private static void fit(SwapperContract contract, ModelSession model) {
        int side = contract.side();
        model.reshape(TARGET, 1, 3, side, side);
        switch (contract.source()) {
            case SourceKind.Pictured(_, var sourceSide) ->
                    model.reshape(SOURCE, 1, 3, sourceSide, sourceSide);
            case SourceKind.Mapped _, SourceKind.Normalised _, SourceKind.Converted _ ->
                    model.reshape(SOURCE, 1, IdentityMatrix.SIZE);
        }
        model.signature().requireOutput(0, 1, 3, side, side);
    }

    @Override
    public Optional<Objection> objection(FaceOptions options) {
        int boost = options.swapper().pixelBoost();
        return boost != 0 && !contract.boosts().contains(boost)
                ? Optional.of(
                        new Objection(
                                "face_swapper_pixel_boost",
                                "one of %s with %s"
                                        .formatted(contract.boosts(), contract.contract().id())))
                : masker.objection(options.mask());
    }

    @Override
    public boolean needsSourceIdentity() {
        return contract.needsIdentity();
    }

    @Override
    public boolean needsTargetIdentity(FaceOptions options) {
        return needsSourceIdentity() && IdentityMix.needsTarget(options.swapper().weight());
    }

    @Override
    public PixelBox process(FaceTask task, StageClock clock) {
        var face = task.face();
        var options = task.options();
        int side = side(options.swapper());
        var toCrop = contract.template().toCrop(face.fivePoints(), side);
        clock.time(Stage.WARP, () -> cut(task.canvas(), toCrop, side));
        var mask = clock.time(Stage.MASK, () -> masker.before(crop, options.mask()));
        clock.time(Stage.SWAP, () -> swap(sourceTensor(task), side / contract.side()));
        var changed = new ChangedFace(toCrop, swapped, mask);
        clock.time(Stage.MASK, () -> masker.after(options.mask(), face.points(), changed));
        return clock.time(Stage.BLEND, () -> pasteBack.paste(task.canvas(), changed, 1));
    }

    private int side(SwapperOptions options) {
        return options.pixelBoost() == 0 ? contract.side() : options.pixelBoost();
    }

    private void cut(Canvas canvas, Affine toCrop, int side) {
        if (crop.width() != side) {
            crop = Picture.black(side, side);
        }
        AffineCrop.cut(canvas, toCrop, Border.REPLICATE, crop);
    }

    private float[] sourceTensor(FaceTask task) {
        var values = task.source().encoded(this, encoder::encode);
        var options = task.options();
        return needsTargetIdentity(options)
                ? IdentityMix.mix(values, identity(task.face()), options.swapper().weight())
                : values;
    }

    private float[] identity(Face target) {
        var identity =
                target.identity()
                        .orElseThrow(
                                () -> new IllegalArgumentException("the face has no identity"));
        return contract.source() instanceof SourceKind.Converted(_, var normalised) && !normalised
                ? identity.raw()
                : identity.normalised();
    }

    private void swap(float[] sourceTensor, int step) {
        model.input(SOURCE).put(0, sourceTensor);
        swapped.reshape(crop.width(), crop.height());
        for (int row = 0; row < step; row++) {
            for (int column = 0; column < step; column++) {
                var tile = new PixelTile(step, row, column);
                tile.read(crop, contract.input(), tensor);
                model.input(TARGET).put(0, tensor);
                model.run();
                model.output(0).get(0, tensor);
                tile.write(tensor, contract.output(), swapped);
            }
        }
    }
}

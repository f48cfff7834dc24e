package dev.facefusion.runtime.engine.detector;

import dev.facefusion.runtime.engine.geometry.Detection;
import dev.facefusion.runtime.engine.geometry.Point;
import dev.facefusion.runtime.engine.image.CornerFit;
import dev.facefusion.runtime.engine.image.PictureView;
import dev.facefusion.runtime.engine.session.ModelSession;
import dev.facefusion.runtime.engine.session.Signature;
import dev.facefusion.runtime.models.ModelContract;
import java.util.List;

/// A loaded detector. For one thread.
public final class FaceDetector {

    private static final String INPUT = "input";

    private final DetectorContract contract;
    private final ModelSession model;
    private final boolean open;
    private final CornerFit fit;

    private FaceDetector(DetectorContract contract, ModelSession model) {
        this.contract = contract;
        this.model = model;
        this.fit = new CornerFit(contract.scale(), contract.offset());
        this.open = contract.sides().size() > 1 && model.signature().leavesOpen(INPUT);
        int side = contract.sides().getLast();
        model.signature().requireInput(INPUT, 1, 3, side, side);
        contract.reading().require(model.signature(), open ? (int) Signature.OPEN : side);
        if (open) {
            model.reshape(INPUT, 1, 3, side, side);
        }
    }

    /// Whether there is an adapter.
    public static boolean knows(ModelContract contract) {
        return DetectorContract.of(contract).isPresent();
    }

    /// The detector of a loaded model.
    ///
    /// @param contract one that it [knows][#knows]
    /// @throws dev.facefusion.runtime.models.ModelException if the model has not what the contract
    ///   says
    public static FaceDetector of(ModelContract contract, ModelSession model) {
        return new FaceDetector(DetectorContract.of(contract).orElseThrow(), model);
    }

    public ModelContract contract() {
        return contract.contract();
    }

    /// The sides of the squares that it can look at, in pixels, the largest last: a model whose
    /// input has one size can only have that.
    public List<Integer> sides() {
        return open ? contract.sides() : List.of(contract.sides().getLast());
    }

    /// The candidates of a view of a picture, in the picture's pixels; many are of one face.
    ///
    /// @param side one of [#sides]
    /// @param score what a candidate must reach, 0 to 1
    public List<Detection> detect(PictureView view, int side, double score) {
        if (open) {
            model.reshape(INPUT, 1, 3, side, side);
        }
        var ratio = fit.lay(view, side, model.input(INPUT));
        model.run();
        return contract.reading().candidates(model, side, score).stream()
                .map(found ->
                        found.map(point ->
                                view.back(new Point(point.x() * ratio.x(), point.y() * ratio.y()))))
                .toList();
    }
}

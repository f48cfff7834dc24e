package dev.facefusion.runtime.engine.enhancer;

import static dev.facefusion.runtime.engine.geometry.WarpTemplate.ARCFACE_128;
import static dev.facefusion.runtime.engine.geometry.WarpTemplate.FFHQ_512;

import dev.facefusion.runtime.engine.geometry.WarpTemplate;
import dev.facefusion.runtime.engine.session.Signature;
import dev.facefusion.runtime.models.ModelContract;
import dev.facefusion.runtime.models.ModelException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What an enhancer's model wants and gives. Input `input` and output 0: R, G, B, NCHW float32 in
/// [-1, 1], shape (1, 3, side, side); some also have an input `weight` of one number, 0 to 1.
///
/// @param contract its name in manifests
/// @param template how the face lies in its crop
/// @param sides of the crop that there are models for, pixels
public record EnhancerContract(ModelContract contract, WarpTemplate template, List<Integer> sides) {

    static final String INPUT = "input";

    private static final List<EnhancerContract> KNOWN =
            List.of(
                    new EnhancerContract(ModelContract.GFPGAN, FFHQ_512, List.of(512)),
                    new EnhancerContract(ModelContract.CODEFORMER, FFHQ_512, List.of(512)),
                    new EnhancerContract(ModelContract.RESTOREFORMER, FFHQ_512, List.of(512)),
                    new EnhancerContract(ModelContract.GPEN_256, ARCFACE_128, List.of(256)),
                    new EnhancerContract(ModelContract.GPEN, FFHQ_512, List.of(512, 1024, 2048)));

    public EnhancerContract {
        sides = List.copyOf(sides);
    }

    /// The row of a contract, if it is an enhancer's.
    public static Optional<EnhancerContract> of(ModelContract contract) {
        return KNOWN.stream().filter(known -> known.contract() == contract).findFirst();
    }

    /// The side that a model works on.
    ///
    /// @param name of the model; it decides where the file leaves several open
    /// @throws ModelException if its file has none of the sides
    int side(String name, Signature signature) {
        return sides.stream()
                .filter(side -> signature.admits(INPUT, 1, 3, side, side))
                .min(Comparator.comparing(side -> !name.endsWith("_" + side)))
                .orElseThrow(() ->
                        new ModelException(
                                "%s is not the model that its name says: an enhancer of %s works on %s pixels, not on %s. Restore it, or name it otherwise."
                                        .formatted(name, contract.id(), sides, signature)));
    }
}

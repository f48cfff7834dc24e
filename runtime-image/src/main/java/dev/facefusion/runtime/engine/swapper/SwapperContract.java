package dev.facefusion.runtime.engine.swapper;

import static dev.facefusion.runtime.engine.geometry.WarpTemplate.ARCFACE_112_V1;
import static dev.facefusion.runtime.engine.geometry.WarpTemplate.ARCFACE_112_V2;
import static dev.facefusion.runtime.engine.geometry.WarpTemplate.ARCFACE_128;
import static dev.facefusion.runtime.engine.geometry.WarpTemplate.FFHQ_512;
import static dev.facefusion.runtime.engine.geometry.WarpTemplate.MTCNN_512;
import static dev.facefusion.runtime.engine.image.Normalisation.IMAGENET;
import static dev.facefusion.runtime.engine.image.Normalisation.SIGNED;
import static dev.facefusion.runtime.engine.image.Normalisation.UNIT;

import dev.facefusion.runtime.engine.geometry.WarpTemplate;
import dev.facefusion.runtime.engine.image.Normalisation;
import dev.facefusion.runtime.engine.paste.Sampling;
import dev.facefusion.runtime.models.ModelContract;
import java.util.List;
import java.util.Optional;

/// What a swapper's model wants and gives. Inputs `target`: R, G, B, NCHW float32, shape (1, 3,
/// side, side), and `source`; output 0: the swapped face, shaped as the target.
///
/// @param contract its name in manifests
/// @param template how the target's face lies in its crop
/// @param side of the crop, pixels
/// @param input values of the target
/// @param output values of the result
/// @param source what it takes of the source's face
/// @param boosts sides of larger crops that it can work on in several runs, with its own
public record SwapperContract(
        ModelContract contract,
        WarpTemplate template,
        int side,
        Normalisation input,
        Output output,
        SourceKind source,
        List<Integer> boosts) {

    /// Range of the values of a result.
    public enum Output {
        /// 0 to 1. FaceFusion keeps the face as it comes, as floats of 32 bits.
        UNIT(1, 0, Sampling.EXACT),
        /// -1 to 1. FaceFusion scales the face, and so makes it floats of 64 bits.
        SIGNED(0.5f, 0.5f, Sampling.STEPPED);

        private final float scale;
        private final float offset;
        private final Sampling sampling;

        Output(float scale, float offset, Sampling sampling) {
            this.scale = scale;
            this.offset = offset;
            this.sampling = sampling;
        }

        /// A value as 0 to 255.
        float colour(float value) {
            return Math.clamp(value * scale + offset, 0f, 1f) * 255;
        }

        Sampling sampling() {
            return sampling;
        }
    }

    private static final List<Integer> BOOSTS_128 = List.of(128, 256, 384, 512, 768, 1024);
    private static final List<Integer> BOOSTS_256 = List.of(256, 512, 768, 1024);
    private static final List<Integer> BOOSTS_512 = List.of(512, 1024);

    private static final List<SwapperContract> KNOWN =
            List.of(
                    new SwapperContract(
                            ModelContract.INSWAPPER,
                            ARCFACE_128,
                            128,
                            UNIT,
                            Output.UNIT,
                            new SourceKind.Mapped(),
                            BOOSTS_128),
                    new SwapperContract(
                            ModelContract.HYPERSWAP,
                            ARCFACE_128,
                            256,
                            SIGNED,
                            Output.SIGNED,
                            new SourceKind.Normalised(),
                            BOOSTS_256),
                    new SwapperContract(
                            ModelContract.GHOST,
                            ARCFACE_112_V1,
                            256,
                            SIGNED,
                            Output.SIGNED,
                            new SourceKind.Converted("crossface_ghost", false),
                            BOOSTS_256),
                    // It takes ImageNet's values and gives plain ones.
                    new SwapperContract(
                            ModelContract.SIMSWAP_256,
                            ARCFACE_112_V1,
                            256,
                            IMAGENET,
                            Output.UNIT,
                            new SourceKind.Converted("crossface_simswap", true),
                            BOOSTS_256),
                    new SwapperContract(
                            ModelContract.SIMSWAP_512,
                            ARCFACE_112_V1,
                            512,
                            UNIT,
                            Output.UNIT,
                            new SourceKind.Converted("crossface_simswap", true),
                            BOOSTS_512),
                    new SwapperContract(
                            ModelContract.BLENDSWAP,
                            FFHQ_512,
                            256,
                            UNIT,
                            Output.UNIT,
                            new SourceKind.Pictured(ARCFACE_112_V2, 112),
                            BOOSTS_256),
                    new SwapperContract(
                            ModelContract.UNIFACE,
                            FFHQ_512,
                            256,
                            SIGNED,
                            Output.SIGNED,
                            new SourceKind.Pictured(FFHQ_512, 256),
                            BOOSTS_256),
                    new SwapperContract(
                            ModelContract.HIFIFACE,
                            MTCNN_512,
                            256,
                            SIGNED,
                            Output.SIGNED,
                            new SourceKind.Converted("crossface_hififace", true),
                            BOOSTS_256));

    public SwapperContract {
        boosts = List.copyOf(boosts);
        for (int boost : boosts) {
            if (boost % side != 0) {
                throw new IllegalArgumentException(
                        "%s cannot work on %d pixels in steps of %d"
                                .formatted(contract, boost, side));
            }
        }
    }

    /// The row of a contract, if it is a swapper's by a model.
    public static Optional<SwapperContract> of(ModelContract contract) {
        return KNOWN.stream().filter(known -> known.contract() == contract).findFirst();
    }

    /// Whether it takes the source's identity, and not its picture.
    public boolean needsIdentity() {
        return !(source instanceof SourceKind.Pictured);
    }

    /// The name of the model that must be loaded beside the swapper's.
    public Optional<String> converter() {
        return source instanceof SourceKind.Converted(var model, _)
                ? Optional.of(model)
                : Optional.empty();
    }
}

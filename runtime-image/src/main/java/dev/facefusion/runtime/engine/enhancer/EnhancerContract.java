package dev.facefusion.runtime.engine.enhancer;

import static dev.facefusion.runtime.engine.geometry.WarpTemplate.ARCFACE_128;
import static dev.facefusion.runtime.engine.geometry.WarpTemplate.FFHQ_512;

import dev.facefusion.runtime.engine.geometry.WarpTemplate;
import java.util.List;
import java.util.Optional;

/// What an enhancer's model wants and gives. Input `input` and output 0: R, G, B, NCHW float32 in
/// [-1, 1], shape (1, 3, side, side); some also have an input `weight` of one number, 0 to 1.
///
/// @param model its name
/// @param template how the face lies in its crop
/// @param side of the crop, pixels
public record EnhancerContract(String model, WarpTemplate template, int side) {

    /// All that are known, FaceFusion's default first.
    public static final List<EnhancerContract> KNOWN =
            List.of(
                    new EnhancerContract("gfpgan_1.4", FFHQ_512, 512),
                    new EnhancerContract("gfpgan_1.3", FFHQ_512, 512),
                    new EnhancerContract("gfpgan_1.2", FFHQ_512, 512),
                    new EnhancerContract("codeformer", FFHQ_512, 512),
                    new EnhancerContract("restoreformer_plus_plus", FFHQ_512, 512),
                    new EnhancerContract("gpen_bfr_256", ARCFACE_128, 256),
                    new EnhancerContract("gpen_bfr_512", FFHQ_512, 512),
                    new EnhancerContract("gpen_bfr_1024", FFHQ_512, 1024),
                    new EnhancerContract("gpen_bfr_2048", FFHQ_512, 2048));

    /// The contract of a model by its name.
    public static Optional<EnhancerContract> of(String model) {
        return KNOWN.stream().filter(known -> known.model().equals(model)).findFirst();
    }
}

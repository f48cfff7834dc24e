package dev.facefusion.runtime.engine.options;

import java.util.Optional;

/// How a face is swapped.
///
/// @param model a swapper of the model directory, or empty for its first
/// @param pixelBoost side of the crop that the swapper works on in steps of its own size, in
///   pixels; 0 for its own size
/// @param weight 0 to 1: below 0.5 towards the target's identity, above away from it
public record SwapperOptions(Optional<String> model, int pixelBoost, double weight) {

    public SwapperOptions {
        Limits.within("face_swapper_pixel_boost", pixelBoost, 0, 4096);
        Limits.within("face_swapper_weight", weight, 0, 1);
    }

    public static SwapperOptions defaults() {
        return new SwapperOptions(Optional.empty(), 0, 0.5);
    }
}

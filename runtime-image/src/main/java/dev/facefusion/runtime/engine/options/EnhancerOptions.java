package dev.facefusion.runtime.engine.options;

import java.util.Optional;

/// How a face is enhanced; the blend ratio is the task's own.
///
/// @param model an enhancer of the model directory, or empty for its first
/// @param weight 0 to 1, for models that take one: faithful to quality
public record EnhancerOptions(Optional<String> model, double weight) {

    public EnhancerOptions {
        Limits.within("face_enhancer_weight", weight, 0, 1);
    }

    public static EnhancerOptions defaults() {
        return new EnhancerOptions(Optional.empty(), 0.5);
    }
}

package dev.facefusion.runtime.engine.options;

import java.util.Optional;

/// How a face is enhanced; the blend ratio is the task's own.
///
/// @param model an enhancer of the model directory, or empty for its first
/// @param weight 0 to 1, for models that take one: faithful to quality
/// @param smallest faces whose boxes have a longer side below this, in pixels, are left as they
///   are; 0 for none. A model invents what a face of a few pixels does not show.
public record EnhancerOptions(Optional<String> model, double weight, int smallest) {

    public EnhancerOptions {
        Limits.within("face_enhancer_weight", weight, 0, 1);
        Limits.within("enhance_face_size", smallest, 0, 4096);
    }

    /// For faces of any size.
    public EnhancerOptions(Optional<String> model, double weight) {
        this(model, weight, 0);
    }

    public static EnhancerOptions defaults() {
        return new EnhancerOptions(Optional.empty(), 0.5);
    }
}

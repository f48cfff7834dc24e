package dev.facefusion.runtime.engine.options;

import java.util.Optional;

/// How a face's 68 points are found.
///
/// @param model a landmarker of the model directory, `many` for several, or empty for the
///   directory's first
/// @param score what the landmarker must exceed for its points to be used, 0 to 1; 0 leaves it out
public record LandmarkerOptions(Optional<String> model, double score) {

    public LandmarkerOptions {
        Limits.within("face_landmarker_score", score, 0, 1);
    }

    public static LandmarkerOptions defaults() {
        return new LandmarkerOptions(Optional.empty(), 0.5);
    }
}

package dev.facefusion.runtime.engine.options;

import dev.facefusion.runtime.engine.geometry.QuarterTurn;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// How faces are found.
///
/// @param model a detector of the model directory, `many` for several at once, or empty for the
///   directory's first
/// @param size side of the square that the detector looks at, in pixels; 0 for its largest
/// @param margin black rim around the picture, in percent of half its size
/// @param angles the turns of the picture that are looked at, at least one
/// @param score what a detection must reach, 0 to 1
public record DetectorOptions(
        Optional<String> model, int size, Margins margin, Set<QuarterTurn> angles, double score) {

    public DetectorOptions {
        Limits.within("face_detector_size", size, 0, 4096);
        Limits.within("face_detector_score", score, 0, 1);
        angles = InOrder.of(angles);
        if (angles.isEmpty()) {
            throw new IllegalArgumentException("face_detector_angles is empty");
        }
    }

    public static DetectorOptions defaults() {
        return new DetectorOptions(
                Optional.empty(), 0, Margins.NONE, EnumSet.of(QuarterTurn.NONE), 0.5);
    }
}

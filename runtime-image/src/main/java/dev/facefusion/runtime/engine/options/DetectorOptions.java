package dev.facefusion.runtime.engine.options;

import dev.facefusion.runtime.engine.geometry.QuarterTurn;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// How faces are found.
///
/// @param model a detector of the model directory, `many` for several at once, or empty for the
///   directory's first
/// @param size side of the square that the detector looks at, in pixels; 0 for its largest
/// @param margin black rim around the picture, in percent of half its size
/// @param angles the turns of the picture that are looked at, in this order: at least one, none
///   twice
/// @param score what a detection must reach, 0 to 1
public record DetectorOptions(
        Optional<String> model, int size, Margins margin, List<QuarterTurn> angles, double score) {

    public DetectorOptions {
        Limits.within("face_detector_size", size, 0, 4096);
        Limits.within("face_detector_score", score, 0, 1);
        angles = List.copyOf(angles);
        if (angles.isEmpty() || new HashSet<>(angles).size() < angles.size()) {
            throw new IllegalArgumentException(
                    "face_detector_angles is empty or has one twice: " + angles);
        }
    }

    public static DetectorOptions defaults() {
        return new DetectorOptions(
                Optional.empty(), 0, Margins.NONE, List.of(QuarterTurn.NONE), 0.5);
    }
}

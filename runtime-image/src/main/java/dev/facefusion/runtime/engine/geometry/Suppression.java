package dev.facefusion.runtime.engine.geometry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Non-maximum suppression as OpenCV's `NMSBoxes` does it.
public final class Suppression {

    private Suppression() {}

    /// One detection per face, the surest first, equally sure ones as they come.
    ///
    /// @param score what a detection must exceed
    /// @param overlap what two detections' intersection over union must exceed for them to be of
    ///   one face
    public static List<Detection> best(List<Detection> candidates, double score, double overlap) {
        var kept = new ArrayList<Detection>();
        candidates.stream()
                .filter(candidate -> candidate.score() > score)
                .sorted(Comparator.comparingDouble(Detection::score).reversed())
                .filter(candidate ->
                        kept.stream()
                                .noneMatch(
                                        better -> better.box().overlap(candidate.box()) > overlap))
                .forEachOrdered(kept::add);
        return kept;
    }
}

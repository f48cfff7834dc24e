package dev.facefusion.runtime.engine.geometry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Non-maximum suppression that averages what it suppresses: BlazeFace's, which steadies the box.
public final class WeightedSuppression {

    private WeightedSuppression() {}

    /// One detection per face, best first.
    ///
    /// @param overlap boxes whose intersection over union is above it are the same face
    public static List<Detection> merge(List<Detection> candidates, double overlap) {
        var rest = new ArrayList<>(candidates);
        rest.sort(Comparator.comparingDouble(Detection::score).reversed());
        var faces = new ArrayList<Detection>();
        while (!rest.isEmpty()) {
            var best = rest.removeFirst();
            var same = new ArrayList<Detection>();
            same.add(best);
            for (var other : rest) {
                if (best.box().overlap(other.box()) > overlap) {
                    same.add(other);
                }
            }
            rest.removeAll(same.subList(1, same.size()));
            faces.add(Detection.mean(same));
        }
        return faces;
    }
}

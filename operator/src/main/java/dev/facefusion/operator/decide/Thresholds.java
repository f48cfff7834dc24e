package dev.facefusion.operator.decide;

/// How many polls in a row make a verdict.
///
/// @param failures polls without an answer that make a pod faulty
/// @param successes good reports that make it healthy again
public record Thresholds(int failures, int successes) {
    public Thresholds {
        requireAtLeastOne("failureThreshold", failures);
        requireAtLeastOne("successThreshold", successes);
    }

    private static void requireAtLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, got " + value);
        }
    }
}

package dev.facefusion.runtime.engine;

import dev.facefusion.runtime.engine.label.VisibleLabel;
import java.util.Optional;

/// What an engine has beside its models.
///
/// @param sources shared with the other engines
/// @param identityEvery of so many swaps, the first one's likeness to its source is measured; 0 for
///   none, as where the models cannot tell
/// @param label that every result bears
/// @param detectEvery of so many frames of a video, the bundled detector looks at one at least;
///   between them it follows the faces that it knows. 1 for every frame
public record Surroundings(
        SourceCache sources, int identityEvery, Optional<VisibleLabel> label, int detectEvery) {

    private static final int DETECT_EVERY = 10;

    public Surroundings {
        if (detectEvery < 1) {
            throw new IllegalArgumentException("detectEvery is below 1: " + detectEvery);
        }
    }

    /// With a detector that looks at every tenth frame.
    public Surroundings(SourceCache sources, int identityEvery, Optional<VisibleLabel> label) {
        this(sources, identityEvery, label, DETECT_EVERY);
    }

    /// Nothing is kept or measured.
    public static Surroundings none() {
        return new Surroundings(
                SourceCache.open(SourceCache.Settings.off(), System::nanoTime),
                0,
                Optional.empty());
    }
}

package dev.facefusion.runtime.engine;

import dev.facefusion.runtime.engine.label.VisibleLabel;
import dev.facefusion.runtime.engine.media.ffmpeg.InstalledFfmpeg;
import java.util.Optional;

/// What an engine has beside its models.
///
/// @param sources shared with the other engines
/// @param identityEvery of so many swaps, the first one's likeness to its source is measured; 0 for
///   none, as where the models cannot tell
/// @param label that every result bears
/// @param detectEvery of so many frames of a video, the bundled detector looks at one at least;
///   between them it follows the faces that it knows. 1 for every frame
/// @param ffmpeg writes the pictures that Java cannot
public record Surroundings(
        SourceCache sources,
        int identityEvery,
        Optional<VisibleLabel> label,
        int detectEvery,
        InstalledFfmpeg ffmpeg) {

    private static final int DETECT_EVERY = 10;

    public Surroundings {
        if (detectEvery < 1) {
            throw new IllegalArgumentException("detectEvery is below 1: " + detectEvery);
        }
    }

    /// With a detector that looks at every tenth frame, and without ffmpeg.
    public Surroundings(SourceCache sources, int identityEvery, Optional<VisibleLabel> label) {
        this(sources, identityEvery, label, DETECT_EVERY, InstalledFfmpeg.none());
    }

    /// Nothing is kept or measured.
    public static Surroundings none() {
        return new Surroundings(
                SourceCache.open(SourceCache.Settings.off(), System::nanoTime),
                0,
                Optional.empty());
    }
}

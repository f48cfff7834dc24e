package dev.facefusion.runtime.engine;

import dev.facefusion.runtime.engine.analyse.FaceRecogniser;
import dev.facefusion.runtime.engine.analyse.Portrait;
import java.util.OptionalDouble;

/// Measures, of every so many swaps, how much the result looks like the source. The embeddings live
/// no longer than the measurement.
final class IdentityProbe {

    private final FaceRecogniser recogniser;
    private final int every;
    private long swaps;

    /// @param every 1 for each swap
    IdentityProbe(FaceRecogniser recogniser, int every) {
        this.recogniser = recogniser;
        this.every = every;
    }

    OptionalDouble likeness(Portrait source, Portrait result) {
        if (swaps++ % every != 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(
                recogniser
                        .embed(source.picture(), source.face())
                        .cosine(recogniser.embed(result.picture(), result.face())));
    }
}

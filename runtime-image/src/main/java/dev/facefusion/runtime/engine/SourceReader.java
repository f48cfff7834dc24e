package dev.facefusion.runtime.engine;

import dev.facefusion.runtime.engine.SwapOutcome.BadMedia;
import dev.facefusion.runtime.engine.SwapOutcome.NoFace;
import dev.facefusion.runtime.engine.analyse.FaceAnalyser;
import dev.facefusion.runtime.engine.analyse.FaceSelector;
import dev.facefusion.runtime.engine.analyse.Inquiry;
import dev.facefusion.runtime.engine.analyse.Portrait;
import dev.facefusion.runtime.engine.analyse.Source;
import dev.facefusion.runtime.engine.media.Decoded;
import dev.facefusion.runtime.engine.media.PictureReader;
import dev.facefusion.runtime.engine.options.FaceOrder;
import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.engine.stage.StageClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Looks at source pictures, or remembers what they showed.
final class SourceReader {

    private final FaceAnalyser analyser;
    private final SourceCache cache;
    private final String models;

    /// @param models digest of those that the analyser runs
    SourceReader(FaceAnalyser analyser, SourceCache cache, String models) {
        this.analyser = analyser;
        this.cache = cache;
        this.models = models;
    }

    /// What came of it.
    sealed interface Reading {}

    record Read(Source source) implements Reading {}

    record Unusable(SwapOutcome outcome) implements Reading {}

    /// The largest face of each picture. Pictures without one are left out as long as another has
    /// one; a picture that cannot be read is never left out.
    Reading read(List<Path> files, Inquiry inquiry, StageClock clock) {
        var portraits = new ArrayList<Portrait>();
        for (var file : files) {
            var refusal = new AtomicReference<Optional<BadMedia>>(Optional.empty());
            cache.get(file, inquiry, models, () -> look(file, inquiry, clock, refusal))
                    .ifPresent(portraits::add);
            if (refusal.get().isPresent()) {
                return new Unusable(refusal.get().get());
            }
        }
        return portraits.isEmpty()
                ? new Unusable(new NoFace(Input.SOURCE))
                : new Read(Source.of(portraits));
    }

    // A picture that is of no use is looked at again: to say so takes no longer than to keep it.
    private Optional<Portrait> look(
            Path file,
            Inquiry inquiry,
            StageClock clock,
            AtomicReference<Optional<BadMedia>> refusal) {
        return switch (clock.time(Stage.DECODE, () -> PictureReader.read(file))) {
            case Decoded.Refused(var fault, var detail) -> {
                refusal.set(Optional.of(new BadMedia(Input.SOURCE, fault, detail)));
                yield Optional.empty();
            }
            case Decoded.Intact(var picture) ->
                    FaceSelector.ordered(
                                    analyser.analyse(picture, inquiry, clock),
                                    FaceOrder.LARGE_SMALL)
                            .stream()
                            .findFirst()
                            .map(face -> new Portrait(picture, face));
        };
    }
}

package dev.facefusion.runtime.engine;

import dev.facefusion.runtime.engine.SwapOutcome.BadMedia;
import dev.facefusion.runtime.engine.SwapOutcome.BadOption;
import dev.facefusion.runtime.engine.SwapOutcome.NoFace;
import dev.facefusion.runtime.engine.SwapOutcome.Swapped;
import dev.facefusion.runtime.engine.analyse.Face;
import dev.facefusion.runtime.engine.analyse.FaceAnalyser;
import dev.facefusion.runtime.engine.analyse.Inquiry;
import dev.facefusion.runtime.engine.analyse.Portrait;
import dev.facefusion.runtime.engine.analyse.Source;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.media.Decoded;
import dev.facefusion.runtime.engine.media.PictureReader;
import dev.facefusion.runtime.engine.media.SourceFiles;
import dev.facefusion.runtime.engine.options.Objection;
import dev.facefusion.runtime.engine.process.FaceProcessor;
import dev.facefusion.runtime.engine.session.ArenaFigures;
import dev.facefusion.runtime.engine.session.ExecutionReport;
import dev.facefusion.runtime.engine.session.ModelSessions;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.engine.stage.StageClock;
import dev.facefusion.runtime.engine.stage.StageListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/// The engine: the stages of a swap, in order, whichever models play them.
public final class Pipeline implements Engine {

    private final EnginePlan plan;
    private final ModelSessions models;
    private final FaceAnalyser analyser;
    private final Processors processors;
    private final Set<String> names;
    private final Optional<IdentityProbe> identity;
    private final SourceReader reader;

    /// Owns the models from here on.
    Pipeline(
            EnginePlan plan,
            ModelSessions models,
            FaceAnalyser analyser,
            Processors processors,
            Set<String> names,
            Optional<IdentityProbe> identity) {
        this.plan = plan;
        this.models = models;
        this.analyser = analyser;
        this.processors = processors;
        this.names = Set.copyOf(names);
        this.identity = identity;
        this.reader =
                new SourceReader(analyser, plan.surroundings().sources(), plan.models().digest());
    }

    /// An engine like this one for another thread. On the CPU the two share their models, each of
    /// which is freed with the last of its engines; on a GPU they are loaded once more.
    ///
    /// @throws dev.facefusion.runtime.engine.session.SessionException if ONNX Runtime cannot
    public Pipeline another() {
        return plan.another(models);
    }

    @Override
    public SwapOutcome swap(
            SwapRequest request, StageListener progress, Cancellation cancellation) {
        var file = PictureFile.of(request.options(), plan.surroundings().ffmpeg(), cancellation);
        try (var _ = models.during(progress, cancellation)) {
            return swap(request, file, new StageClock(progress, cancellation));
        }
    }

    private SwapOutcome swap(SwapRequest request, PictureFile file, StageClock clock) {
        long start = System.nanoTime();
        return switch (prepare(request.sources(), request.options(), clock)) {
            case Refused(var outcome) -> outcome;
            case Prepared(var work) ->
                    switch (clock.time(Stage.DECODE, () -> PictureReader.read(request.target()))) {
                        case Decoded.Refused(var fault, var detail) ->
                                new BadMedia(Input.TARGET, fault, detail);
                        case Decoded.Intact(var picture) ->
                                file.objection(picture)
                                        .<SwapOutcome>map(Pipeline::refused)
                                        .orElseGet(() -> swap(work, picture, file, start, clock));
                    };
        };
    }

    private static BadOption refused(Objection objection) {
        return new BadOption(objection.option(), objection.expected());
    }

    private SwapOutcome swap(
            FaceWork work, Picture picture, PictureFile file, long start, StageClock clock) {
        var faces = work.selectFromStill(picture, clock);
        if (faces.isEmpty()) {
            return new NoFace(Input.TARGET);
        }
        work.process(picture, faces, clock);
        var likeness = likeness(work.source(), picture, faces.getFirst());
        plan.surroundings().label().ifPresent(visible -> visible.draw(picture));
        var image = clock.time(Stage.ENCODE, () -> file.write(picture));
        return new Swapped(
                image,
                file.format(),
                picture.width(),
                picture.height(),
                faces.size(),
                Duration.ofNanos(System.nanoTime() - start),
                likeness);
    }

    // A swap moves no face: it is where it was.
    private OptionalDouble likeness(Source source, Picture result, Face face) {
        return source.portraits().isEmpty() || identity.isEmpty()
                ? OptionalDouble.empty()
                : identity.get()
                        .likeness(source.portraits().getFirst(), new Portrait(result, face));
    }

    @Override
    public Preparation prepare(
            List<Path> sources,
            SwapOptions options,
            StageListener progress,
            Cancellation cancellation) {
        var surroundings = plan.surroundings();
        try (var _ = models.during(progress, cancellation)) {
            return switch (prepare(sources, options, new StageClock(progress, cancellation))) {
                case Refused(var outcome) -> new Preparation.Refused(outcome);
                case Prepared(var work) ->
                        new Preparation.Ready(
                                new AttendedWork(
                                        LabelledWork.of(
                                                work.following(surroundings.detectEvery()),
                                                surroundings.label()),
                                        () -> models.during(progress, cancellation)));
            };
        }
    }

    private sealed interface Prospect {}

    private record Prepared(FaceWork work) implements Prospect {}

    private record Refused(SwapOutcome outcome) implements Prospect {}

    private Prospect prepare(List<Path> sources, SwapOptions options, StageClock clock) {
        var objection = processors.objection(options).or(() -> analyser.objection(options.faces()));
        if (objection.isPresent()) {
            return new Refused(refused(objection.get()));
        }
        var chain = processors.chain(options);
        // A filter that follows the source lets everyone pass where there is none.
        boolean followed = !sources.isEmpty() && options.faces().selector().followsSource();
        if (!options.swaps() && !followed) {
            return new Prepared(new FaceWork(analyser, chain, Source.none(), options));
        }
        var inquiry =
                new Inquiry(
                        options.faces().detector(),
                        options.faces().landmarker(),
                        chain.stream().anyMatch(FaceProcessor::needsSourceIdentity),
                        options.faces().selector().followsSource());
        return switch (reader.read(SourceFiles.of(sources).pictures(), inquiry, clock)) {
            case SourceReader.Unusable(var outcome) -> new Refused(outcome);
            case SourceReader.Read(var source) ->
                    new Prepared(new FaceWork(analyser, chain, source, options));
        };
    }

    @Override
    public boolean followsFaces() {
        return analyser.follows(plan.surroundings().detectEvery());
    }

    FaceAnalyser analyser() {
        return analyser;
    }

    FaceProcessor swapper() {
        return processors.swapper();
    }

    @Override
    public Set<String> models() {
        return names;
    }

    @Override
    public Map<String, ArenaFigures> arenas() {
        return models.arenas();
    }

    @Override
    public ExecutionReport execution() {
        return models.execution();
    }

    @Override
    public void warmUp() {
        models.warmUp();
    }

    @Override
    public void close() {
        models.close();
    }
}

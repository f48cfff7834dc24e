package dev.facefusion.runtime.engine;

import static java.util.Objects.requireNonNull;

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
import dev.facefusion.runtime.engine.label.VisibleLabel;
import dev.facefusion.runtime.engine.media.Decoded;
import dev.facefusion.runtime.engine.media.PictureReader;
import dev.facefusion.runtime.engine.media.PictureWriter;
import dev.facefusion.runtime.engine.options.Objection;
import dev.facefusion.runtime.engine.process.FaceProcessor;
import dev.facefusion.runtime.engine.session.ArenaFigures;
import dev.facefusion.runtime.engine.session.ExecutionReport;
import dev.facefusion.runtime.engine.session.ExecutionSettings;
import dev.facefusion.runtime.engine.session.ModelSessions;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.engine.stage.StageClock;
import dev.facefusion.runtime.engine.stage.StageListener;
import dev.facefusion.runtime.models.ModelInfo;
import dev.facefusion.runtime.models.ModelStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The engine: the stages of a swap, in order, whichever models play them.
public final class Pipeline implements Engine {

    private final ModelSessions models;
    private final FaceAnalyser analyser;
    private final Map<FrameProcessor, SequencedMap<String, FaceProcessor>> processors;
    private final Set<String> names;
    private final SourceCache sources;
    private final int detectEvery;
    private final Optional<VisibleLabel> label;
    private final Optional<IdentityProbe> identity;

    /// What an engine has beside its models.
    ///
    /// @param sources shared with the other engines
    /// @param identityEvery of so many swaps, the first one's likeness to its source is measured; 0
    ///   for none, as where the models cannot tell
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

    private final Plan plan;

    /// What an engine like this one is made from.
    private record Plan(
            ModelStore store,
            Lineup lineup,
            ExecutionSettings settings,
            Surroundings surroundings) {

        private ModelSessions load() {
            return ModelSessions.open(store, lineup.networks(), settings);
        }

        private Pipeline engine(ModelSessions models) {
            try {
                return new Pipeline(this, models);
            } catch (RuntimeException e) {
                models.close();
                throw e;
            }
        }
    }

    private Pipeline(Plan plan, ModelSessions models) {
        var crew = new Crew(plan.store(), plan.lineup(), models);
        var surroundings = plan.surroundings();
        this.plan = plan;
        this.models = models;
        this.analyser = crew.analyser();
        this.processors = crew.processors();
        this.names =
                plan.lineup().models().stream()
                        .map(ModelInfo::name)
                        .collect(Collectors.toUnmodifiableSet());
        this.sources = surroundings.sources();
        this.detectEvery = surroundings.detectEvery();
        this.label = surroundings.label();
        this.identity =
                surroundings.identityEvery() > 0
                        ? crew.recogniser()
                                .map(one -> new IdentityProbe(one, surroundings.identityEvery()))
                        : Optional.empty();
    }

    /// Loads the preferred models, with nothing around them.
    ///
    /// @throws dev.facefusion.runtime.models.ModelException if a model is missing, not intact or
    ///   not of its contract
    /// @throws dev.facefusion.runtime.engine.session.SessionException if ONNX Runtime cannot load
    ///   one
    public static Pipeline open(ModelStore models, ExecutionSettings settings) {
        return open(models, settings, Surroundings.none());
    }

    /// Loads the preferred models.
    ///
    /// @throws dev.facefusion.runtime.models.ModelException if a model is missing, not intact or
    ///   not of its contract
    /// @throws dev.facefusion.runtime.engine.session.SessionException if ONNX Runtime cannot load
    ///   one
    public static Pipeline open(
            ModelStore models, ExecutionSettings settings, Surroundings surroundings) {
        return open(models, settings, surroundings, Set.of());
    }

    /// Loads the preferred models of each role and what is asked for.
    ///
    /// @param wanted names of models, preferred to others, such as a task's
    ///   [dev.facefusion.runtime.engine.options.FaceOptions#models]
    /// @throws dev.facefusion.runtime.models.ModelException if a model is missing, not intact or
    ///   not of its contract
    /// @throws dev.facefusion.runtime.engine.session.SessionException if ONNX Runtime cannot load
    ///   one
    public static Pipeline open(
            ModelStore models,
            ExecutionSettings settings,
            Surroundings surroundings,
            Set<String> wanted) {
        var plan = new Plan(models, Lineup.of(models, wanted), settings, surroundings);
        return plan.engine(plan.load());
    }

    /// An engine like this one for another thread. On the CPU the two share their models, each of
    /// which is freed with the last of its engines; on a GPU they are loaded once more.
    ///
    /// @throws dev.facefusion.runtime.engine.session.SessionException if ONNX Runtime cannot
    public Pipeline another() {
        return plan.engine(models.twin().orElseGet(plan::load));
    }

    @Override
    public SwapOutcome swap(
            SwapRequest request, StageListener progress, Cancellation cancellation) {
        try (var _ = models.during(progress, cancellation)) {
            return swap(request, new StageClock(progress, cancellation));
        }
    }

    private SwapOutcome swap(SwapRequest request, StageClock clock) {
        long start = System.nanoTime();
        return switch (prepare(request.sources(), request.options(), clock)) {
            case Refused(var outcome) -> outcome;
            case Prepared(var work) ->
                    switch (clock.time(Stage.DECODE, () -> PictureReader.read(request.target()))) {
                        case Decoded.Refused(var fault, var detail) ->
                                new BadMedia(Input.TARGET, fault, detail);
                        case Decoded.Intact(var picture) ->
                                swap(work, picture, request.options(), start, clock);
                    };
        };
    }

    private SwapOutcome swap(
            FaceWork work, Picture picture, SwapOptions options, long start, StageClock clock) {
        var faces = work.selectFromStill(picture, clock);
        if (faces.isEmpty()) {
            return new NoFace(Input.TARGET);
        }
        work.process(picture, faces, clock);
        var likeness = likeness(work.source(), picture, faces.getFirst());
        label.ifPresent(visible -> visible.draw(picture));
        var image =
                clock.time(
                        Stage.ENCODE,
                        () ->
                                PictureWriter.write(
                                        picture, options.outputFormat(), options.outputQuality()));
        return new Swapped(
                image,
                options.outputFormat(),
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
        try (var _ = models.during(progress, cancellation)) {
            return switch (prepare(sources, options, new StageClock(progress, cancellation))) {
                case Refused(var outcome) -> new Preparation.Refused(outcome);
                case Prepared(var work) ->
                        new Preparation.Ready(
                                new AttendedWork(
                                        LabelledWork.of(work.following(detectEvery), label),
                                        () -> models.during(progress, cancellation)));
            };
        }
    }

    private sealed interface Prospect {}

    private record Prepared(FaceWork work) implements Prospect {}

    private record Refused(SwapOutcome outcome) implements Prospect {}

    private Prospect prepare(List<Path> sources, SwapOptions options, StageClock clock) {
        var objection = objection(options);
        if (objection.isPresent()) {
            return new Refused(objection.get());
        }
        var chain = chain(options).toList();
        if (!options.frameProcessors().contains(FrameProcessor.FACE_SWAPPER)) {
            return new Prepared(new FaceWork(analyser, chain, Source.NONE, options));
        }
        var inquiry =
                new Inquiry(
                        options.faces().detector(),
                        options.faces().landmarker(),
                        chain.stream().anyMatch(FaceProcessor::needsSourceIdentity),
                        options.faces().selector().followsSource());
        return switch (new SourceReader(analyser, this.sources).read(sources, inquiry, clock)) {
            case SourceReader.Unusable(var outcome) -> new Refused(outcome);
            case SourceReader.Read(var source) ->
                    new Prepared(new FaceWork(analyser, chain, source, options));
        };
    }

    private Optional<BadOption> objection(SwapOptions options) {
        return options.frameProcessors().stream()
                .filter(kind -> chosen(kind, options).isEmpty())
                .map(this::unavailable)
                .findFirst()
                .or(() -> analyser.objection(options.faces()))
                .or(() ->
                        chain(options)
                                .flatMap(one -> one.objection(options.faces()).stream())
                                .findFirst())
                .map(objection -> new BadOption(objection.option(), objection.expected()));
    }

    private Objection unavailable(FrameProcessor kind) {
        var models = named(kind).keySet();
        if (models.isEmpty()) {
            return new Objection("frame_processors", "one that a model here can do");
        }
        return switch (kind) {
            case FACE_SWAPPER ->
                    new Objection("face_swapper_model", "one of the swappers here: " + models);
            case FACE_ENHANCER ->
                    new Objection("face_enhancer_model", "one of the enhancers here: " + models);
        };
    }

    private Stream<FaceProcessor> chain(SwapOptions options) {
        return options.frameProcessors().stream().flatMap(kind -> chosen(kind, options).stream());
    }

    private Optional<FaceProcessor> chosen(FrameProcessor kind, SwapOptions options) {
        var model =
                switch (kind) {
                    case FACE_SWAPPER -> options.faces().swapper().model();
                    case FACE_ENHANCER -> options.faces().enhancer().model();
                };
        return model.isPresent()
                ? Optional.ofNullable(named(kind).get(model.get()))
                : named(kind).values().stream().findFirst();
    }

    private SequencedMap<String, FaceProcessor> named(FrameProcessor kind) {
        return requireNonNull(processors.get(kind));
    }

    FaceAnalyser analyser() {
        return analyser;
    }

    FaceProcessor swapper() {
        return named(FrameProcessor.FACE_SWAPPER).firstEntry().getValue();
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

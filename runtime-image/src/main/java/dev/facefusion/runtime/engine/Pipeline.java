package dev.facefusion.runtime.engine;

import dev.facefusion.runtime.engine.SwapOutcome.BadMedia;
import dev.facefusion.runtime.engine.SwapOutcome.BadOption;
import dev.facefusion.runtime.engine.SwapOutcome.NoFace;
import dev.facefusion.runtime.engine.SwapOutcome.Swapped;
import dev.facefusion.runtime.engine.analyse.BlazeFace;
import dev.facefusion.runtime.engine.analyse.BundledRecogniser;
import dev.facefusion.runtime.engine.analyse.Face;
import dev.facefusion.runtime.engine.analyse.FaceAnalyser;
import dev.facefusion.runtime.engine.analyse.FaceMesh;
import dev.facefusion.runtime.engine.analyse.Inquiry;
import dev.facefusion.runtime.engine.analyse.MeshFaceFinder;
import dev.facefusion.runtime.engine.analyse.Portrait;
import dev.facefusion.runtime.engine.analyse.Source;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.media.Decoded;
import dev.facefusion.runtime.engine.media.PictureReader;
import dev.facefusion.runtime.engine.media.PictureWriter;
import dev.facefusion.runtime.engine.options.SelectorMode;
import dev.facefusion.runtime.engine.process.CanonicalMesh;
import dev.facefusion.runtime.engine.process.FaceEnhancer;
import dev.facefusion.runtime.engine.process.FaceProcessor;
import dev.facefusion.runtime.engine.process.MeshSwapper;
import dev.facefusion.runtime.engine.session.ArenaFigures;
import dev.facefusion.runtime.engine.session.ExecutionReport;
import dev.facefusion.runtime.engine.session.ExecutionSettings;
import dev.facefusion.runtime.engine.session.ModelSessions;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.engine.stage.StageClock;
import dev.facefusion.runtime.engine.stage.StageListener;
import dev.facefusion.runtime.models.ModelStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/// The bundled engine: the stages of a swap, in order.
public final class Pipeline implements Engine {

    private static final String DETECTOR = "blazeface_back_256";
    private static final String LANDMARKER = "facemesh_468";
    private static final String ENHANCER = "face_enhancer_512";
    private static final String RECOGNISER = "face_embedding_128";
    private static final String MESH = "canonical_face_mesh";

    private final ModelSessions models;
    private final FaceAnalyser analyser;
    private final MeshSwapper swapper;
    private final Map<FrameProcessor, FaceProcessor> processors;

    private final SourceCache sources;
    private final Optional<IdentityProbe> identity;

    /// What an engine has beside its models.
    ///
    /// @param sources shared with the other engines
    /// @param identityEvery of so many swaps, the first one's likeness to its source is measured; 0
    ///   for none, as where the models cannot tell
    public record Surroundings(SourceCache sources, int identityEvery) {

        /// Nothing is kept or measured.
        public static Surroundings none() {
            return new Surroundings(
                    SourceCache.open(SourceCache.Settings.off(), System::nanoTime), 0);
        }
    }

    private Pipeline(ModelSessions models, MeshSwapper swapper, Surroundings surroundings) {
        this.models = models;
        var recogniser = new BundledRecogniser(models.get(RECOGNISER));
        this.analyser =
                new FaceAnalyser(
                        new MeshFaceFinder(
                                new BlazeFace(models.get(DETECTOR)),
                                new FaceMesh(models.get(LANDMARKER))),
                        Optional.of(recogniser));
        this.swapper = swapper;
        this.processors =
                Map.of(
                        FrameProcessor.FACE_SWAPPER,
                        swapper,
                        FrameProcessor.FACE_ENHANCER,
                        new FaceEnhancer(models.get(ENHANCER)));
        this.sources = surroundings.sources();
        this.identity =
                surroundings.identityEvery() > 0
                        ? Optional.of(new IdentityProbe(recogniser, surroundings.identityEvery()))
                        : Optional.empty();
    }

    /// Loads the models, with nothing around them.
    ///
    /// @throws dev.facefusion.runtime.models.ModelException if a model is missing or not intact
    /// @throws dev.facefusion.runtime.engine.session.SessionException if ONNX Runtime cannot load
    ///   one
    public static Pipeline open(ModelStore models, ExecutionSettings settings) {
        return open(models, settings, Surroundings.none());
    }

    /// Loads the models.
    ///
    /// @throws dev.facefusion.runtime.models.ModelException if a model is missing or not intact
    /// @throws dev.facefusion.runtime.engine.session.SessionException if ONNX Runtime cannot load
    ///   one
    public static Pipeline open(
            ModelStore models, ExecutionSettings settings, Surroundings surroundings) {
        var swapper = new MeshSwapper(CanonicalMesh.parse(models.bytes(MESH)));
        var names = List.of(DETECTOR, LANDMARKER, RECOGNISER, ENHANCER);
        return new Pipeline(ModelSessions.open(models, names, settings), swapper, surroundings);
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
                                        work, () -> models.during(progress, cancellation)));
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
        var chain = options.frameProcessors().stream().map(processors::get).toList();
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
        var selector = options.faces().selector();
        if (selector.mode() == SelectorMode.REFERENCE && !analyser.recognises()) {
            return Optional.of(
                    new BadOption("face_selector_mode", "one or many: no model here recognises"));
        }
        if (selector.asksForTraits() && !analyser.classifies()) {
            return Optional.of(
                    new BadOption(
                            selector.gender().isPresent()
                                    ? "face_selector_gender"
                                    : selector.race().isPresent()
                                            ? "face_selector_race"
                                            : "face_selector_age_start",
                            "nothing: no model here classifies faces"));
        }
        return Optional.empty();
    }

    FaceAnalyser analyser() {
        return analyser;
    }

    MeshSwapper swapper() {
        return swapper;
    }

    @Override
    public Set<String> models() {
        var names = new HashSet<>(models.names());
        names.add(MESH);
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

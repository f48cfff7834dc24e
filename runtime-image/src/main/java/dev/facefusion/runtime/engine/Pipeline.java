package dev.facefusion.runtime.engine;

import static java.util.Objects.requireNonNull;

import dev.facefusion.runtime.engine.analyse.Face;
import dev.facefusion.runtime.engine.analyse.FaceDetector;
import dev.facefusion.runtime.engine.analyse.FaceFinder;
import dev.facefusion.runtime.engine.analyse.FaceLandmarker;
import dev.facefusion.runtime.engine.analyse.FaceRecogniser;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.media.Decoded;
import dev.facefusion.runtime.engine.media.PictureReader;
import dev.facefusion.runtime.engine.media.PictureWriter;
import dev.facefusion.runtime.engine.process.CanonicalMesh;
import dev.facefusion.runtime.engine.process.FaceEnhancer;
import dev.facefusion.runtime.engine.process.FaceSwapper;
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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/// The bundled engine: the stages of a swap, in order.
public final class Pipeline implements Engine {

    private static final String DETECTOR = "blazeface_back_256";
    private static final String LANDMARKER = "facemesh_468";
    private static final String ENHANCER = "face_enhancer_512";
    private static final String RECOGNISER = "face_embedding_128";
    private static final String MESH = "canonical_face_mesh";

    private final ModelSessions models;
    private final FaceFinder finder;
    private final FaceSwapper swapper;
    private final FaceEnhancer enhancer;

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

    private Pipeline(ModelSessions models, FaceSwapper swapper, Surroundings surroundings) {
        this.models = models;
        this.finder =
                new FaceFinder(
                        new FaceDetector(models.get(DETECTOR)),
                        new FaceLandmarker(models.get(LANDMARKER)));
        this.swapper = swapper;
        this.enhancer = new FaceEnhancer(models.get(ENHANCER));
        this.sources = surroundings.sources();
        this.identity =
                models.names().contains(RECOGNISER)
                        ? Optional.of(
                                new IdentityProbe(
                                        new FaceRecogniser(models.get(RECOGNISER)),
                                        surroundings.identityEvery()))
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
        var swapper = new FaceSwapper(CanonicalMesh.parse(models.bytes(MESH)));
        var names = new ArrayList<>(List.of(DETECTOR, LANDMARKER, ENHANCER));
        if (surroundings.identityEvery() > 0
                && models.models().stream().anyMatch(model -> model.name().equals(RECOGNISER))) {
            names.add(RECOGNISER);
        }
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
        var options = request.options();
        if (!options.frameProcessors().contains(FrameProcessor.FACE_SWAPPER)) {
            return switch (look(Input.TARGET, request.target(), clock)) {
                case Refused(var outcome) -> outcome;
                case Seen target -> process(options, target, target, start, clock);
            };
        }
        return switch (lookAtSource(request.source(), clock)) {
            case Refused(var outcome) -> outcome;
            case Seen source ->
                    switch (look(Input.TARGET, request.target(), clock)) {
                        case Refused(var outcome) -> outcome;
                        case Seen target -> process(options, source, target, start, clock);
                    };
        };
    }

    sealed interface Look {}

    /// A picture with its faces, at least one, the largest first.
    record Seen(Picture picture, List<Face> faces) implements Look {}

    private record Refused(SwapOutcome outcome) implements Look {}

    // A picture that is of no use is looked at again: to say so takes no longer than to keep it.
    private Look lookAtSource(Path file, StageClock clock) {
        var look = new AtomicReference<Look>();
        var seen =
                sources.get(
                        file,
                        () -> {
                            look.set(look(Input.SOURCE, file, clock));
                            return look.get() instanceof Seen found
                                    ? Optional.of(found)
                                    : Optional.empty();
                        });
        return seen.isPresent() ? seen.get() : requireNonNull(look.get());
    }

    private Look look(Input input, Path file, StageClock clock) {
        return switch (clock.time(Stage.DECODE, () -> PictureReader.read(file))) {
            case Decoded.Refused(var fault, var detail) ->
                    new Refused(new SwapOutcome.BadMedia(input, fault, detail));
            case Decoded.Intact(var picture) -> {
                var faces = finder.find(picture, clock);
                yield faces.isEmpty()
                        ? new Refused(new SwapOutcome.NoFace(input))
                        : new Seen(picture, faces);
            }
        };
    }

    private SwapOutcome process(
            SwapOptions options, Seen source, Seen target, long start, StageClock clock) {
        var picture = target.picture();
        for (var processor : options.frameProcessors()) {
            for (var face : target.faces()) {
                switch (processor) {
                    case FACE_SWAPPER -> swap(source, picture, face, clock);
                    case FACE_ENHANCER ->
                            enhancer.enhance(
                                    picture, face.landmarks(), options.blendRatio(), clock);
                }
            }
        }
        var likeness =
                options.frameProcessors().contains(FrameProcessor.FACE_SWAPPER)
                        ? likeness(source, target)
                        : OptionalDouble.empty();
        var image =
                clock.time(
                        Stage.ENCODE,
                        () ->
                                PictureWriter.write(
                                        picture, options.outputFormat(), options.outputQuality()));
        return new SwapOutcome.Swapped(
                image,
                options.outputFormat(),
                picture.width(),
                picture.height(),
                target.faces().size(),
                Duration.ofNanos(System.nanoTime() - start),
                likeness);
    }

    // A swap moves no face: the target's first one is where it was.
    private OptionalDouble likeness(Seen source, Seen result) {
        return identity.isPresent()
                ? identity.get()
                        .likeness(
                                source.picture(),
                                source.faces().getFirst(),
                                result.picture(),
                                result.faces().getFirst())
                : OptionalDouble.empty();
    }

    private void swap(Seen source, Picture picture, Face face, StageClock clock) {
        var sourceFace = source.faces().getFirst().landmarks();
        swapper.swap(source.picture(), sourceFace, picture, face.landmarks(), clock);
    }

    FaceFinder finder() {
        return finder;
    }

    FaceSwapper swapper() {
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

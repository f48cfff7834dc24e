package dev.facefusion.runtime.engine;

import static java.util.Objects.requireNonNull;

import dev.facefusion.runtime.engine.options.Objection;
import dev.facefusion.runtime.engine.process.FaceProcessor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// What the models here can do to a face.
///
/// @param byModel for everything there is to do, the models that do it, the preferred one first
record Processors(Map<FrameProcessor, SequencedMap<String, FaceProcessor>> byModel) {

    /// The first reason why they cannot do as the options ask.
    Optional<Objection> objection(SwapOptions options) {
        return options.frameProcessors().stream()
                .filter(kind -> chosen(kind, options).isEmpty())
                .map(this::unavailable)
                .findFirst()
                .or(() ->
                        chain(options).stream()
                                .flatMap(one -> one.objection(options.faces()).stream())
                                .findFirst());
    }

    /// Those that the options ask for, in their order; what is not there is left out.
    List<FaceProcessor> chain(SwapOptions options) {
        return options.frameProcessors().stream()
                .flatMap(kind -> chosen(kind, options).stream())
                .toList();
    }

    /// The preferred swapper.
    FaceProcessor swapper() {
        return named(FrameProcessor.FACE_SWAPPER).firstEntry().getValue();
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
        return requireNonNull(byModel.get(kind));
    }
}

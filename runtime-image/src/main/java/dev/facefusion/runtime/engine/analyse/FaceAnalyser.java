package dev.facefusion.runtime.engine.analyse;

import dev.facefusion.runtime.engine.image.Canvas;
import dev.facefusion.runtime.engine.options.FaceOptions;
import dev.facefusion.runtime.engine.options.Objection;
import dev.facefusion.runtime.engine.options.SelectorMode;
import dev.facefusion.runtime.engine.options.SelectorOptions;
import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.engine.stage.StageClock;
import java.util.List;
import java.util.Optional;

/// Finds the faces of pictures and says what there is to say of them. For one thread.
public final class FaceAnalyser {

    private final FaceFinder finder;
    private final Optional<? extends FaceRecogniser> recogniser;
    private final Optional<FairFace> classifier;

    public FaceAnalyser(
            FaceFinder finder,
            Optional<? extends FaceRecogniser> recogniser,
            Optional<FairFace> classifier) {
        this.finder = finder;
        this.recogniser = recogniser;
        this.classifier = classifier;
    }

    /// All faces, the surest detection first.
    public List<Face> analyse(Canvas canvas, Inquiry inquiry, StageClock clock) {
        return finder.find(canvas, inquiry, clock).stream()
                .map(face -> know(canvas, face, inquiry, clock))
                .toList();
    }

    private Face know(Canvas canvas, Face face, Inquiry inquiry, StageClock clock) {
        return inquiry.identity() || inquiry.traits()
                ? clock.time(Stage.RECOGNISE, () -> know(canvas, face, inquiry))
                : face;
    }

    private Face know(Canvas canvas, Face face, Inquiry inquiry) {
        return face.known(
                recogniser.filter(_ -> inquiry.identity()).map(one -> one.embed(canvas, face)),
                classifier.filter(_ -> inquiry.traits()).map(one -> one.classify(canvas, face)));
    }

    /// An analyser for the frames of one video, in their order, with the same models.
    ///
    /// @param detectEvery of so many frames a detector looks at one at least; 1 for every one
    public FaceAnalyser following(int detectEvery) {
        return new FaceAnalyser(finder.following(detectEvery), recogniser, classifier);
    }

    /// Whether that one would look where the faces were in the frame before.
    public boolean follows(int detectEvery) {
        return finder.follows(detectEvery);
    }

    /// What is wrong with a task's options, if anything.
    public Optional<Objection> objection(FaceOptions options) {
        var selector = options.selector();
        if (selector.mode() == SelectorMode.REFERENCE && recogniser.isEmpty()) {
            return Optional.of(
                    new Objection(
                            "face_selector_mode",
                            "one or many, as no model here tells whose a face is"));
        }
        if (selector.asksForTraits() && classifier.isEmpty()) {
            return Optional.of(
                    new Objection(
                            traitOption(selector), "nothing, as no model here classifies faces"));
        }
        return finder.objection(options);
    }

    private static String traitOption(SelectorOptions selector) {
        if (selector.gender().isPresent()) {
            return "face_selector_gender";
        }
        return selector.race().isPresent() ? "face_selector_race" : "face_selector_age_start";
    }

    /// How far apart two identities are, 0 to 1.
    ///
    /// @see FaceRecogniser#distance
    public double distance(Embedding one, Embedding other) {
        return recogniser.orElseThrow().distance(one, other);
    }
}

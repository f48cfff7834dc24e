package dev.facefusion.runtime.engine.analyse;

import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.engine.stage.StageClock;
import java.util.List;
import java.util.Optional;

/// Finds the faces of pictures and says what there is to say of them. For one thread.
public final class FaceAnalyser {

    private final FaceFinder finder;
    private final Optional<FaceRecogniser> recogniser;

    public FaceAnalyser(FaceFinder finder, Optional<FaceRecogniser> recogniser) {
        this.finder = finder;
        this.recogniser = recogniser;
    }

    /// All faces, the surest detection first.
    public List<Face> analyse(Picture picture, Inquiry inquiry, StageClock clock) {
        return finder.find(picture, inquiry, clock).stream()
                .map(face -> identify(picture, face, inquiry, clock))
                .toList();
    }

    private Face identify(Picture picture, Face face, Inquiry inquiry, StageClock clock) {
        return inquiry.identity() && recogniser.isPresent()
                ? face.withIdentity(
                        clock.time(Stage.RECOGNISE, () -> recogniser.get().embed(picture, face)))
                : face;
    }

    /// Whether it can tell whose a face is.
    public boolean recognises() {
        return recogniser.isPresent();
    }

    /// Whether it can tell what a face is taken for.
    public boolean classifies() {
        return false;
    }

    /// How far apart two identities are, 0 to 1.
    ///
    /// @see FaceRecogniser#distance
    public double distance(Embedding one, Embedding other) {
        return recogniser.orElseThrow().distance(one, other);
    }
}

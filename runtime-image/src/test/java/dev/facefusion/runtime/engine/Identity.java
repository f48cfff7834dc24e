package dev.facefusion.runtime.engine;

import dev.facefusion.runtime.engine.analyse.BlazeFace;
import dev.facefusion.runtime.engine.analyse.BundledRecogniser;
import dev.facefusion.runtime.engine.analyse.Embedding;
import dev.facefusion.runtime.engine.analyse.FaceMesh;
import dev.facefusion.runtime.engine.analyse.FaceSelector;
import dev.facefusion.runtime.engine.analyse.Inquiry;
import dev.facefusion.runtime.engine.analyse.MeshFaceFinder;
import dev.facefusion.runtime.engine.options.DetectorOptions;
import dev.facefusion.runtime.engine.options.FaceOrder;
import dev.facefusion.runtime.engine.options.LandmarkerOptions;
import dev.facefusion.runtime.engine.session.ExecutionSettings;
import dev.facefusion.runtime.engine.session.ModelSessions;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.engine.stage.StageClock;
import dev.facefusion.runtime.models.ModelStore;
import java.util.List;
import java.util.Optional;

/// Tells whose the largest face of a picture is.
final class Identity implements AutoCloseable {

    private final ModelSessions sessions;
    private final MeshFaceFinder finder;
    private final BundledRecogniser recogniser;

    /// @param execution the one with which the test's process runs its models
    Identity(ExecutionSettings execution) {
        this.sessions =
                ModelSessions.open(
                        ModelStore.open(Reference.MODELS),
                        List.of("blazeface_back_256", "facemesh_468", "face_embedding_128"),
                        execution);
        this.finder =
                new MeshFaceFinder(
                        new BlazeFace(sessions.get("blazeface_back_256")),
                        new FaceMesh(sessions.get("facemesh_468")));
        this.recogniser = new BundledRecogniser(sessions.get("face_embedding_128"));
    }

    double distance(byte[] one, byte[] other) {
        return find(one).orElseThrow().distanceTo(find(other).orElseThrow());
    }

    /// Whose the largest face is, if there is one.
    Optional<Embedding> find(byte[] file) {
        var picture = Reference.picture(file);
        var inquiry =
                new Inquiry(DetectorOptions.defaults(), LandmarkerOptions.defaults(), false, false);
        var faces = finder.find(picture, inquiry, new StageClock((_, _) -> {}, new Cancellation()));
        return FaceSelector.ordered(faces, FaceOrder.LARGE_SMALL).stream()
                .findFirst()
                .map(face -> recogniser.embed(picture, face));
    }

    @Override
    public void close() {
        sessions.close();
    }
}

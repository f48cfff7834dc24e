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

/// Compares whose the largest faces of two pictures are.
final class Identity implements AutoCloseable {

    private final ModelSessions sessions =
            ModelSessions.open(
                    ModelStore.open(Reference.MODELS),
                    List.of("blazeface_back_256", "facemesh_468", "face_embedding_128"),
                    ExecutionSettings.cpu(1));
    private final MeshFaceFinder finder =
            new MeshFaceFinder(
                    new BlazeFace(sessions.get("blazeface_back_256")),
                    new FaceMesh(sessions.get("facemesh_468")));
    private final BundledRecogniser recogniser =
            new BundledRecogniser(sessions.get("face_embedding_128"));

    double distance(byte[] one, byte[] other) {
        return embedding(one).distanceTo(embedding(other));
    }

    private Embedding embedding(byte[] file) {
        var picture = Reference.picture(file);
        var inquiry =
                new Inquiry(DetectorOptions.defaults(), LandmarkerOptions.defaults(), false, false);
        var faces = finder.find(picture, inquiry, new StageClock((_, _) -> {}, new Cancellation()));
        var face = FaceSelector.ordered(faces, FaceOrder.LARGE_SMALL).getFirst();
        return recogniser.embed(picture, face);
    }

    @Override
    public void close() {
        sessions.close();
    }
}

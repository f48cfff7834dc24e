package dev.facefusion.runtime.engine;

import dev.facefusion.runtime.engine.analyse.Embedding;
import dev.facefusion.runtime.engine.analyse.FaceDetector;
import dev.facefusion.runtime.engine.analyse.FaceFinder;
import dev.facefusion.runtime.engine.analyse.FaceLandmarker;
import dev.facefusion.runtime.engine.analyse.FaceRecogniser;
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
    private final FaceFinder finder =
            new FaceFinder(
                    new FaceDetector(sessions.get("blazeface_back_256")),
                    new FaceLandmarker(sessions.get("facemesh_468")));
    private final FaceRecogniser recogniser =
            new FaceRecogniser(sessions.get("face_embedding_128"));

    double distance(byte[] one, byte[] other) {
        return embedding(one).distanceTo(embedding(other));
    }

    private Embedding embedding(byte[] file) {
        var picture = Reference.picture(file);
        var face =
                finder.find(picture, new StageClock((_, _) -> {}, new Cancellation())).getFirst();
        return recogniser.embed(picture, face);
    }

    @Override
    public void close() {
        sessions.close();
    }
}

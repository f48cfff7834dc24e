package dev.facefusion.runtime.engine.analyse;

import dev.facefusion.runtime.engine.image.Canvas;

/// Says whose face it is, as numbers. For one thread.
public interface FaceRecogniser {

    Embedding embed(Canvas canvas, Face face);

    /// How far apart two identities are: 0 for the same, 1 at most, about 0.3 where one person ends
    /// and another begins.
    double distance(Embedding one, Embedding other);
}

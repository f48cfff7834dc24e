package dev.facefusion.runtime.engine.analyse;

import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.options.FaceOptions;
import dev.facefusion.runtime.engine.options.Objection;
import dev.facefusion.runtime.engine.stage.StageClock;
import java.util.List;
import java.util.Optional;

/// Says where the faces of a picture are. For one thread.
public interface FaceFinder {

    /// All faces, the surest detection first, of people who are not known yet.
    List<Face> find(Picture picture, Inquiry inquiry, StageClock clock);

    /// What is wrong with a task's options, if anything.
    Optional<Objection> objection(FaceOptions options);
}

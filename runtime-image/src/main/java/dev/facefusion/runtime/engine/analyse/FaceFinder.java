package dev.facefusion.runtime.engine.analyse;

import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.stage.StageClock;
import java.util.List;

/// Says where the faces of a picture are. For one thread.
public interface FaceFinder {

    /// All faces, the surest detection first, of people who are not known yet.
    List<Face> find(Picture picture, Inquiry inquiry, StageClock clock);
}

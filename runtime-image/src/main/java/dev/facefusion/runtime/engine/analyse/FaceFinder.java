package dev.facefusion.runtime.engine.analyse;

import dev.facefusion.runtime.engine.image.Canvas;
import dev.facefusion.runtime.engine.options.FaceOptions;
import dev.facefusion.runtime.engine.options.Objection;
import dev.facefusion.runtime.engine.stage.StageClock;
import java.util.List;
import java.util.Optional;

/// Says where the faces of a picture are. For one thread.
public interface FaceFinder {

    /// All faces, the surest detection first, of people who are not known yet.
    List<Face> find(Canvas canvas, Inquiry inquiry, StageClock clock);

    /// A finder for the frames of one video, in their order; it may remember the ones before.
    ///
    /// @param detectEvery of so many frames a detector looks at one at least; 1 for every one
    default FaceFinder following(int detectEvery) {
        return this;
    }

    /// Whether that one would look where the faces were in the frame before.
    default boolean follows(int detectEvery) {
        return false;
    }

    /// What is wrong with a task's options, if anything.
    Optional<Objection> objection(FaceOptions options);
}

package dev.facefusion.runtime.engine;

import dev.facefusion.runtime.engine.analyse.Face;
import dev.facefusion.runtime.engine.analyse.FaceWindow;
import dev.facefusion.runtime.engine.image.Canvas;
import dev.facefusion.runtime.engine.stage.StageClock;
import java.util.List;

/// What is done to the frames of one video. For one thread, that of its engine.
public interface FrameWork {

    /// Works on one frame in place.
    ///
    /// @param faces what was found in it and around it
    /// @return whether anything changed
    boolean apply(Canvas frame, FaceWindow faces, StageClock clock);

    /// The faces of a frame that nothing was done to. It is asked once for each frame, in their
    /// order, before that frame or one near it is worked on.
    default List<Face> find(Canvas frame, StageClock clock) {
        return List.of();
    }

    /// Shows the frame that the options take the reference face from, once, before the first frame
    /// is worked on. Where they do not select by a reference, there is no need to.
    default void refer(Canvas frame, StageClock clock) {}
}

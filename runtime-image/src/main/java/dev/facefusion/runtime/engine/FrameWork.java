package dev.facefusion.runtime.engine;

import dev.facefusion.runtime.engine.image.Canvas;
import dev.facefusion.runtime.engine.image.PixelBox;
import dev.facefusion.runtime.engine.stage.StageClock;
import java.util.List;

/// What is done to the frames of one video. For one thread, that of its engine.
public interface FrameWork {

    /// Works on one frame in place.
    ///
    /// @param position of the frame in the video, from 0
    /// @return what changed; nothing outside of it did
    List<PixelBox> apply(Canvas frame, long position, StageClock clock);

    /// Shows the frame that the options take the reference face from, once, before the first frame
    /// is worked on. Where they do not select by a reference, there is no need to.
    default void refer(Canvas frame, StageClock clock) {}
}

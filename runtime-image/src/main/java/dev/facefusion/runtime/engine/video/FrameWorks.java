package dev.facefusion.runtime.engine.video;

import dev.facefusion.runtime.engine.Preparation;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.engine.stage.StageListener;
import java.util.OptionalLong;

/// The engines of a video, one for each worker.
public interface FrameWorks {

    /// How many workers there are, at least 1. The first is the thread that runs the task; the
    /// others get threads of their own.
    int workers();

    /// Makes ready what a worker does. Called once for each worker, on the thread that will work.
    ///
    /// @param worker from 0
    Preparation prepare(int worker, StageListener progress, Cancellation cancellation);

    /// Whether a frame is less work after the one before it, as where faces are followed. A worker
    /// gets more frames in a row then.
    default boolean followsFaces() {
        return false;
    }

    /// How many frames before and after one must have been looked at to work on it.
    default int reach() {
        return 0;
    }

    /// Number of the frame, in the whole video, that every worker is shown before its first one.
    default OptionalLong referenceFrame() {
        return OptionalLong.empty();
    }
}

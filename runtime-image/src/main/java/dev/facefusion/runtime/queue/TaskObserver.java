package dev.facefusion.runtime.queue;

import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.engine.video.VideoProgress;

/// Told how a task gets on, on other threads than the one that ordered it: the worker's, or the one
/// that ends it. It must not block and must not throw.
public interface TaskObserver {

    /// Hears nothing.
    TaskObserver NONE =
            new TaskObserver() {
                @Override
                public void started() {}

                @Override
                public void progressed(Stage stage) {}

                @Override
                public void ended(TaskResult result) {}
            };

    /// A worker took the task.
    void started();

    /// A stage is done; one that a task runs several times, per picture or per face, each time. May
    /// still come after [#ended]: an engine takes a moment to stop.
    void progressed(Stage stage);

    /// A video's frames are through, told a few times a second. May still come after [#ended].
    default void filmed(VideoProgress progress) {}

    /// The result is decided; told exactly once.
    void ended(TaskResult result);

    /// The worker that took the task has left it, after [#ended]: nothing of the task touches its
    /// files any more. Not told of a task that no worker took.
    default void left() {}
}

package dev.facefusion.runtime.engine.video;

import java.io.IOException;
import java.nio.file.Path;

/// What is done to a finished file before it gets its name, such as marking it as synthetic.
@FunctionalInterface
public interface FinishingTouch {

    /// Nothing.
    FinishingTouch NONE = (_, _) -> {};

    /// Changes the file in place.
    ///
    /// @throws IOException if it cannot: the task fails, and there is no output
    void apply(Path unfinished, Container container) throws IOException;
}

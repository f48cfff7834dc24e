package dev.facefusion.sdk;

import dev.facefusion.runtime.engine.Input;
import java.nio.file.Path;
import java.time.Duration;

/// How a task ended.
public sealed interface Result {

    /// The output is written, with its marks.
    ///
    /// @param requestId names the task in the marks and in the audit log
    /// @param faces of the target that were worked on
    /// @param elapsed from decoding to encoding
    record Done(Path output, String requestId, int width, int height, int faces, Duration elapsed)
            implements Result {}

    /// The output is written, a video with its marks.
    ///
    /// @param frames in it
    /// @param changedFrames of them, those in which a face was worked on
    record Filmed(
            Path output,
            String requestId,
            int width,
            int height,
            long frames,
            long changedFrames,
            Duration elapsed)
            implements Result {}

    /// A source shows no face, or the target none that the options select.
    record NoFace(Input input) implements Result {}

    /// A source or the target is of no use: it is no picture or video, is broken or is too large.
    record Unusable(Input input, String reason) implements Result {}

    /// The models cannot do what an option asks for.
    record Unavailable(String option, String expected) implements Result {}

    /// ffmpeg crashed or complained, or a limit of time was reached; nothing is written.
    record Failed(String reason) implements Result {}

    /// Somebody cancelled it; nothing is written.
    record Cancelled() implements Result {}
}

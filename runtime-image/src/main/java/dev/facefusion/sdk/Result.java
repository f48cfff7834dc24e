package dev.facefusion.sdk;

import dev.facefusion.runtime.engine.Input;
import dev.facefusion.runtime.engine.video.Alteration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/// How a task ended.
public sealed interface Result {

    /// The output is written, with its marks where it has room for them.
    ///
    /// @param requestId names the task in the marks and in the audit log
    /// @param faces of the target that were worked on
    /// @param elapsed from decoding to encoding
    /// @param alterations what it lacks
    record Done(
            Path output,
            String requestId,
            int width,
            int height,
            int faces,
            Duration elapsed,
            Set<Alteration> alterations)
            implements Result {

        public Done {
            alterations = inOrder(alterations);
        }
    }

    /// The output is written, a video, with its marks where it has room for them.
    ///
    /// @param frames in it
    /// @param changedFrames of them, those in which a face was worked on or a label was written
    /// @param alterations what it has otherwise than the target beside that
    record Filmed(
            Path output,
            String requestId,
            int width,
            int height,
            long frames,
            long changedFrames,
            Duration elapsed,
            Set<Alteration> alterations)
            implements Result {

        public Filmed {
            alterations = inOrder(alterations);
        }
    }

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

    private static Set<Alteration> inOrder(Set<Alteration> alterations) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(alterations));
    }
}

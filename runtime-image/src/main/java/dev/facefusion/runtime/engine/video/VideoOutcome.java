package dev.facefusion.runtime.engine.video;

import dev.facefusion.runtime.engine.SwapOutcome;
import dev.facefusion.runtime.engine.media.PictureSize;
import dev.facefusion.runtime.engine.media.ffmpeg.VideoFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/// How a video task ended. A cancelled one throws instead.
public sealed interface VideoOutcome {

    /// The video is made, and lies whole under its name.
    ///
    /// @param frames how many went through the workers
    /// @param changedFrames how many of them an engine said to have changed
    /// @param size of a frame in the result
    /// @param elapsed from the first look at the source
    record Finished(
            Path output,
            long frames,
            long changedFrames,
            PictureSize size,
            Duration elapsed,
            Set<Alteration> alterations)
            implements VideoOutcome {

        public Finished {
            alterations = Set.copyOf(alterations);
        }
    }

    /// The video cannot be used.
    ///
    /// @param detail one sentence for a person
    record Refused(VideoFault fault, String detail) implements VideoOutcome {}

    /// The engine cannot begin: a source is of no use.
    record NotReady(SwapOutcome reason) implements VideoOutcome {}

    /// The output cannot be written: its disk is full or broken.
    ///
    /// @param reason a few words for a person
    record NotWritten(String reason) implements VideoOutcome {}

    /// ffmpeg crashed or complained, or the time was up. The next task may go well.
    ///
    /// @param detail one sentence for a person, with ffmpeg's last words
    record Failed(String detail) implements VideoOutcome {}
}

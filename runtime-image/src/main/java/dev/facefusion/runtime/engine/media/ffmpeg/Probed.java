package dev.facefusion.runtime.engine.media.ffmpeg;

/// What came of looking at a file that should be a video.
public sealed interface Probed {

    /// A video, by its header and the table of its frames; nothing was decoded.
    record Video(MediaFacts facts) implements Probed {}

    /// No video that can be used.
    ///
    /// @param detail one sentence for a person
    record Refused(VideoFault fault, String detail) implements Probed {}
}

package dev.facefusion.runtime.engine.media.ffmpeg;

/// Why a file cannot be used as a video.
public enum VideoFault {
    /// No bytes at all.
    EMPTY,
    /// No file that ffmpeg knows as video, by the formats that are let in; or no regular file.
    NOT_A_VIDEO,
    /// Media, with sound or a cover only.
    NO_VIDEO,
    /// A video without a single frame, or none within the trim.
    NO_FRAMES,
    /// It begins well and ends or breaks before its declared end.
    TRUNCATED,
    /// A larger file, more pixels or a longer time than a task may take.
    TOO_LARGE,
    /// A video of a kind that is not read.
    UNSUPPORTED
}

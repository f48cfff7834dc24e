package dev.facefusion.runtime.engine.media;

/// Why a file cannot be used as a picture.
public enum MediaFault {
    /// No bytes at all.
    EMPTY,
    /// Neither JPEG, PNG nor WebP, by its first bytes.
    NOT_AN_IMAGE,
    /// It begins well and ends or breaks in the middle.
    TRUNCATED,
    /// More pixels than a task may take, by the header: nothing was decoded.
    TOO_LARGE,
    /// A picture, of a kind that is not read.
    UNSUPPORTED
}

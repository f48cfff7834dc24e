package dev.facefusion.runtime.engine.media;

import dev.facefusion.runtime.engine.image.Picture;

/// What became of a file that should be a picture.
public sealed interface Decoded {

    /// The whole picture, upright.
    record Intact(Picture picture) implements Decoded {}

    /// No picture.
    ///
    /// @param detail one sentence for a person
    record Refused(MediaFault fault, String detail) implements Decoded {}
}

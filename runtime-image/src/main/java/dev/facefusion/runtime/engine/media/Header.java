package dev.facefusion.runtime.engine.media;

/// What the first bytes of a file say about it; nothing is decoded.
sealed interface Header {

    /// A picture that can be read, unless its data is broken.
    ///
    /// @param formatName as ImageIO knows it
    /// @param orientation Exif's, 1 (upright) to 8
    record Known(String formatName, PictureSize size, int orientation) implements Header {}

    record Refused(MediaFault fault, String detail) implements Header {}

    static Header truncated() {
        return new Refused(MediaFault.TRUNCATED, "The file ends within its header.");
    }
}

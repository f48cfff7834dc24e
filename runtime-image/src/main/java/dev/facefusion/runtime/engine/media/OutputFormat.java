package dev.facefusion.runtime.engine.media;

/// The file formats that pictures are written in.
public enum OutputFormat {
    PNG("image/png"),
    JPEG("image/jpeg"),
    /// Lossy, by ffmpeg: Java has no encoder for it.
    WEBP("image/webp"),
    TIFF("image/tiff"),
    /// Which has no room for anything but the picture.
    BMP("image/bmp");

    private final String mediaType;

    OutputFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /// The IANA media type, for a `Content-Type`.
    public String mediaType() {
        return mediaType;
    }
}

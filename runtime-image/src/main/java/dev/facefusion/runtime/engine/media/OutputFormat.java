package dev.facefusion.runtime.engine.media;

/// The file formats that pictures are written in.
public enum OutputFormat {
    PNG("image/png"),
    JPEG("image/jpeg");

    private final String mediaType;

    OutputFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /// The IANA media type, for a `Content-Type`.
    public String mediaType() {
        return mediaType;
    }
}

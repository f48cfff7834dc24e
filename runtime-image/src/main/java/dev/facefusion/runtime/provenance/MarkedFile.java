package dev.facefusion.runtime.provenance;

import java.util.Optional;
import java.util.stream.Stream;

/// The file formats that carry marks, by how a file begins.
enum MarkedFile {
    JPEG,
    PNG,
    WEBP,
    TIFF,
    /// And its kin: QuickTime and other files of boxes.
    MP4,
    /// And WebM.
    MATROSKA,
    AVI,
    /// Of which WMV is one.
    ASF;

    /// How many bytes [#of] needs.
    static final int SIGNATURE_BYTES = 12;

    /// The format of a file with this beginning; empty for any other.
    static Optional<MarkedFile> of(byte[] file) {
        return Stream.of(values()).filter(format -> format.begins(file)).findFirst();
    }

    private boolean begins(byte[] file) {
        return switch (this) {
            case JPEG -> JpegSegments.begins(file);
            case PNG -> PngChunks.begins(file);
            case WEBP -> WebpChunks.begins(file);
            case TIFF -> TiffDirectory.begins(file);
            case MP4 -> Mp4Boxes.begins(file);
            case MATROSKA -> MatroskaElements.begins(file);
            case AVI -> AviChunks.begins(file);
            case ASF -> AsfObjects.begins(file);
        };
    }
}

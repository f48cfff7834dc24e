package dev.facefusion.runtime.provenance;

import java.util.Optional;

/// The file formats that carry marks, by how a file begins.
enum MarkedFile {
    JPEG,
    PNG,
    WEBP,
    TIFF,
    /// And its kin: QuickTime and other files of boxes.
    MP4;

    /// How many bytes [#of] needs.
    static final int SIGNATURE_BYTES = 12;

    /// The format of a file with this beginning; empty for any other.
    static Optional<MarkedFile> of(byte[] file) {
        if (JpegSegments.begins(file)) {
            return Optional.of(JPEG);
        }
        if (PngChunks.begins(file)) {
            return Optional.of(PNG);
        }
        if (WebpChunks.begins(file)) {
            return Optional.of(WEBP);
        }
        if (TiffDirectory.begins(file)) {
            return Optional.of(TIFF);
        }
        return Mp4Boxes.begins(file) ? Optional.of(MP4) : Optional.empty();
    }
}

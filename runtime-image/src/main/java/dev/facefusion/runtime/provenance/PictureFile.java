package dev.facefusion.runtime.provenance;

import java.util.Optional;

/// The file formats that carry marks, by how a file begins.
enum PictureFile {
    JPEG,
    PNG;

    /// How many bytes [#of] needs.
    static final int SIGNATURE_BYTES = 8;

    /// The format of a file with this beginning; empty for any other.
    static Optional<PictureFile> of(byte[] file) {
        if (JpegSegments.begins(file)) {
            return Optional.of(JPEG);
        }
        return PngChunks.begins(file) ? Optional.of(PNG) : Optional.empty();
    }
}

package dev.facefusion.runtime.engine.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;

/// Recognises the common formats that are not read, so that the answer can name them.
final class ForeignFormat {

    private ForeignFormat() {}

    static Optional<String> of(byte[] file) {
        var start = new String(file, 0, Math.min(12, file.length), ISO_8859_1);
        if (start.startsWith("GIF8")) {
            return Optional.of("GIF");
        }
        if (start.startsWith("II*\0") || start.startsWith("MM\0*")) {
            return Optional.of("TIFF");
        }
        if (start.startsWith("BM")) {
            return Optional.of("BMP");
        }
        return start.startsWith("ftyp", 4) ? Optional.of("HEIF, AVIF or video") : Optional.empty();
    }
}

package dev.facefusion.runtime.engine.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.facefusion.runtime.engine.media.Header.Known;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/// The chunks of a WebP file (RFC 9649).
final class WebpHeader {

    private static final int FILE_HEADER_BYTES = 12;
    private static final int CHUNK_HEADER_BYTES = 8;
    private static final int ANIMATED = 0x02;

    private WebpHeader() {}

    static boolean isWebp(byte[] file) {
        var start = new String(file, 0, Math.min(FILE_HEADER_BYTES, file.length), ISO_8859_1);
        return start.startsWith("RIFF") && start.startsWith("WEBP", 8);
    }

    static Header read(byte[] file) {
        var chunks = new Chunks(file);
        int orientation = 1;
        Optional<PictureSize> canvas = Optional.empty();
        Optional<PictureSize> picture = Optional.empty();
        while (chunks.next()) {
            switch (chunks.name()) {
                case "VP8X" -> {
                    if (chunks.has(10)) {
                        if ((chunks.unsignedByte(0) & ANIMATED) != 0) {
                            return new Header.Refused(
                                    MediaFault.UNSUPPORTED,
                                    "An animated WebP is not read; send one of its pictures, or a"
                                            + " GIF or MP4.");
                        }
                        canvas = Optional.of(chunks.canvas());
                    }
                }
                case "VP8 " -> picture = picture.or(chunks::lossy);
                case "VP8L" -> picture = picture.or(chunks::lossless);
                case "EXIF" ->
                        orientation = ExifOrientation.ofTiff(chunks.exif()).orElse(orientation);
                default -> {} // alpha, a colour profile, XMP
            }
        }
        if (picture.isEmpty()) {
            return Header.truncated();
        }
        return canvas.isPresent() && !canvas.equals(picture)
                ? new Header.Refused(
                        MediaFault.TRUNCATED, "The WebP tells two sizes of one picture.")
                : new Known("webp", picture.get(), orientation);
    }

    /// Whether the file is as long as it says. The decoder takes what is missing for black.
    static boolean isComplete(byte[] file) {
        return Integer.toUnsignedLong(little(file).getInt(4)) + CHUNK_HEADER_BYTES <= file.length;
    }

    private static ByteBuffer little(byte[] file) {
        return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// The chunks one after the other; the last one may be cut.
    private static final class Chunks {

        private static final byte[] EXIF = "Exif\0\0".getBytes(ISO_8859_1);

        private final byte[] bytes;
        private final ByteBuffer file;
        private long next = FILE_HEADER_BYTES;
        private int start;
        private int length;

        private Chunks(byte[] file) {
            this.bytes = file;
            this.file = little(file);
        }

        private boolean next() {
            if (next + CHUNK_HEADER_BYTES > file.limit()) {
                return false;
            }
            start = (int) next + CHUNK_HEADER_BYTES;
            long told = Integer.toUnsignedLong(file.getInt(start - 4));
            next = start + told + told % 2;
            length = (int) Math.min(told, file.limit() - start);
            return true;
        }

        private String name() {
            return new String(bytes, start - CHUNK_HEADER_BYTES, 4, ISO_8859_1);
        }

        private boolean has(int bytes) {
            return length >= bytes;
        }

        private int unsignedByte(int at) {
            return file.get(start + at) & 0xFF;
        }

        /// Three bytes each, and one less than it is.
        private PictureSize canvas() {
            return new PictureSize(
                    1 + (file.getInt(start + 4) & 0xFFFFFF), 1 + (file.getInt(start + 6) >>> 8));
        }

        /// 14 bits each, after a tag of three bytes and the start code (RFC 6386, 9.1).
        private Optional<PictureSize> lossy() {
            return has(10) && file.getInt(start + 2) >>> 8 == 0x2A019D
                    ? size(file.getShort(start + 6) & 0x3FFF, file.getShort(start + 8) & 0x3FFF)
                    : Optional.empty();
        }

        /// 14 bits each, one less than it is, after a signature (RFC 9649, 3.4).
        private Optional<PictureSize> lossless() {
            if (!has(5) || unsignedByte(0) != 0x2F) {
                return Optional.empty();
            }
            int sizes = file.getInt(start + 1);
            return size(1 + (sizes & 0x3FFF), 1 + (sizes >>> 14 & 0x3FFF));
        }

        private static Optional<PictureSize> size(int width, int height) {
            return width > 0 && height > 0
                    ? Optional.of(new PictureSize(width, height))
                    : Optional.empty();
        }

        /// A TIFF; some programs write Exif's name before it, as in a JPEG.
        private ByteBuffer exif() {
            boolean named =
                    has(EXIF.length)
                            && file.slice(start, EXIF.length).equals(ByteBuffer.wrap(EXIF));
            int skipped = named ? EXIF.length : 0;
            return file.slice(start + skipped, length - skipped);
        }
    }
}

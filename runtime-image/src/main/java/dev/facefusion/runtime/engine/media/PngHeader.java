package dev.facefusion.runtime.engine.media;

import java.nio.ByteBuffer;

/// The frame of a PNG file: its chunks.
final class PngHeader {

    static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    private static final int IHDR = 0x49484452;
    private static final int IEND = 0x49454E44;
    private static final int EXIF = 0x65584966;
    private static final int HEADER_BYTES = 8 + 8 + 13 + 4;

    private PngHeader() {}

    static Header read(byte[] file) {
        if (file.length < HEADER_BYTES) {
            return Header.truncated();
        }
        var chunks = ByteBuffer.wrap(file).position(SIGNATURE.length);
        chunks.getInt();
        int type = chunks.getInt();
        int width = chunks.getInt();
        int height = chunks.getInt();
        if (type != IHDR || width < 1 || height < 1) {
            return new Header.Refused(MediaFault.NOT_AN_IMAGE, "The PNG has no valid header.");
        }
        return new Header.Known("png", new PictureSize(width, height), orientation(file));
    }

    /// By the chunk that PNG has for Exif since its third edition; 1 where there is none.
    private static int orientation(byte[] file) {
        var chunks = new Chunks(file);
        while (chunks.next()) {
            if (chunks.type == EXIF) {
                return ExifOrientation.ofTiff(chunks.content()).orElse(1);
            }
        }
        return 1;
    }

    /// Whether all chunks are there, up to the one that ends the file.
    static boolean isComplete(byte[] file) {
        var chunks = new Chunks(file);
        while (chunks.next()) {
            if (chunks.type == IEND) {
                return true;
            }
        }
        return false;
    }

    /// The chunks one after the other, as far as they are whole.
    private static final class Chunks {

        private static final int CRC_BYTES = 4;

        private final ByteBuffer file;
        private int next;
        private int type;
        private int start;

        private Chunks(byte[] file) {
            this.file = ByteBuffer.wrap(file);
            this.next = SIGNATURE.length;
        }

        private boolean next() {
            if (file.limit() - next < 8 + CRC_BYTES) {
                return false;
            }
            int length = file.getInt(next);
            type = file.getInt(next + 4);
            start = next + 8;
            if (length < 0 || length > file.limit() - start - CRC_BYTES) {
                return false;
            }
            next = start + length + CRC_BYTES;
            return true;
        }

        private ByteBuffer content() {
            return file.slice(start, next - CRC_BYTES - start);
        }
    }
}

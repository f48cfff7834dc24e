package dev.facefusion.runtime.engine.media;

import java.nio.ByteBuffer;

/// The frame of a PNG file: its chunks.
final class PngHeader {

    static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    private static final int IHDR = 0x49484452;
    private static final int IEND = 0x49454E44;
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
        return new Header.Known("png", new PictureSize(width, height), 1);
    }

    /// Whether all chunks are there, up to the one that ends the file.
    static boolean isComplete(byte[] file) {
        var chunks = ByteBuffer.wrap(file).position(SIGNATURE.length);
        while (chunks.remaining() >= 12) {
            int length = chunks.getInt();
            int type = chunks.getInt();
            if (type == IEND) {
                return true;
            }
            if (length < 0 || length > chunks.remaining() - 4) {
                return false;
            }
            chunks.position(chunks.position() + length + 4);
        }
        return false;
    }
}

package dev.facefusion.runtime.provenance;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// The XMP of a WebP file: a chunk `XMP ` after the picture's data, announced by a flag of the
/// chunk `VP8X` before it (RFC 9649, 2.5 to 2.7). Numbers are little-endian, and a chunk of an odd
/// length is followed by a byte that does not count.
final class WebpChunks {

    private static final int HEADER = 12;
    private static final byte[] RIFF = "RIFF".getBytes(US_ASCII);
    private static final byte[] WEBP = "WEBP".getBytes(US_ASCII);
    private static final String EXTENDED = "VP8X";
    private static final String LOSSLESS = "VP8L";
    private static final String LOSSY = "VP8 ";
    private static final String XMP = "XMP ";

    private static final int EXTENDED_BYTES = 10;
    private static final int XMP_FLAG = 0x04;
    private static final int ALPHA_FLAG = 0x10;

    private WebpChunks() {}

    static boolean begins(byte[] file) {
        return file.length >= HEADER
                && Arrays.equals(file, 0, 4, RIFF, 0, 4)
                && Arrays.equals(file, 8, HEADER, WEBP, 0, 4);
    }

    /// The file with the packet in a chunk at its end. A simple file becomes an extended one.
    ///
    /// @param webp a whole file without XMP
    static byte[] with(byte[] webp, byte[] packet) {
        var extended = extended(webp);
        extended[HEADER + 8] |= XMP_FLAG;
        int padding = packet.length & 1;
        var marked =
                ByteBuffer.allocate(extended.length + 8 + packet.length + padding)
                        .order(LITTLE_ENDIAN)
                        .put(extended)
                        .put(XMP.getBytes(US_ASCII))
                        .putInt(packet.length)
                        .put(packet);
        return marked.putInt(4, marked.capacity() - 8).array();
    }

    private static byte[] extended(byte[] webp) {
        var kind = new String(webp, HEADER, 4, US_ASCII);
        if (kind.equals(EXTENDED)) {
            return webp.clone();
        }
        return ByteBuffer.allocate(webp.length + 8 + EXTENDED_BYTES)
                .order(LITTLE_ENDIAN)
                .put(webp, 0, HEADER)
                .put(EXTENDED.getBytes(US_ASCII))
                .putInt(EXTENDED_BYTES)
                .put(canvas(kind, ByteBuffer.wrap(webp).order(LITTLE_ENDIAN)))
                .put(webp, HEADER, webp.length - HEADER)
                .array();
    }

    /// What the extended header says of a simple file: flags, and the size less one in 24 bits
    /// each.
    private static byte[] canvas(String kind, ByteBuffer webp) {
        int data = HEADER + 8;
        int width;
        int height;
        int flags = 0;
        switch (kind) {
            case LOSSLESS -> { // a signature byte, 14 bits each, the alpha's bit (RFC 9649, 3.4)
                int bits = webp.getInt(data + 1);
                width = bits & 0x3FFF;
                height = (bits >> 14) & 0x3FFF;
                flags = (bits >> 28 & 1) == 1 ? ALPHA_FLAG : 0;
            }
            case LOSSY -> { // three bytes of tag, three of start code, 14 bits each (RFC 6386, 9.1)
                width = (webp.getShort(data + 6) & 0x3FFF) - 1;
                height = (webp.getShort(data + 8) & 0x3FFF) - 1;
            }
            default -> throw new IllegalArgumentException("a WebP file that begins with " + kind);
        }
        return new byte[] {
            (byte) flags,
            0,
            0,
            0,
            (byte) width,
            (byte) (width >> 8),
            (byte) (width >> 16),
            (byte) height,
            (byte) (height >> 8),
            (byte) (height >> 16)
        };
    }

    /// Hands over every packet of the file.
    ///
    /// @param webp at its first byte
    /// @throws IOException also if the file breaks off or is broken
    static void read(DataInputStream webp, Metadata found) throws IOException {
        webp.skipNBytes(4);
        long left = littleEndian(webp) - 4; // without the form's type
        webp.skipNBytes(4);
        while (left >= 8) {
            var kind = new String(webp.readNBytes(4), US_ASCII);
            long length = littleEndian(webp);
            long padded = length + (length & 1);
            if (padded > left - 8) {
                throw new IOException("a chunk is longer than its file");
            }
            if (kind.equals(XMP) && length <= MarkReader.MAX_PACKET) {
                var packet = webp.readNBytes((int) length);
                if (packet.length < length) {
                    throw new IOException("a chunk breaks off");
                }
                found.packet(packet);
                webp.skipNBytes(padded - length);
            } else {
                webp.skipNBytes(padded);
            }
            left -= 8 + padded;
        }
    }

    private static long littleEndian(DataInputStream webp) throws IOException {
        return Integer.toUnsignedLong(Integer.reverseBytes(webp.readInt()));
    }
}

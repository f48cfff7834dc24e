package dev.facefusion.runtime.provenance;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// The XMP of a JPEG file: `APP1` segments before the first scan (XMP specification part 3, 1.1.3).
final class JpegSegments {

    private static final byte[] XMP = "http://ns.adobe.com/xap/1.0/\0".getBytes(US_ASCII);

    private static final int MARKER = 0xFF;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int START_OF_SCAN = 0xDA;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int MAX_SEGMENT = 65_535;

    private JpegSegments() {}

    static boolean begins(byte[] file) {
        return file.length >= 3
                && (file[0] & 0xFF) == MARKER
                && (file[1] & 0xFF) == 0xD8
                && (file[2] & 0xFF) == MARKER;
    }

    /// The file with the packet in a segment after those of JFIF, which must be first.
    ///
    /// @param jpeg a whole file
    static byte[] with(byte[] jpeg, byte[] packet) {
        int length = 2 + XMP.length + packet.length;
        if (length > MAX_SEGMENT) {
            throw new IllegalArgumentException("a packet of %d bytes".formatted(packet.length));
        }
        int at = 2;
        while ((jpeg[at + 1] & 0xFF) == APP0) {
            at += 2 + (((jpeg[at + 2] & 0xFF) << 8) | (jpeg[at + 3] & 0xFF));
        }
        return ByteBuffer.allocate(jpeg.length + 2 + length)
                .put(jpeg, 0, at)
                .put((byte) MARKER)
                .put((byte) APP1)
                .putShort((short) length)
                .put(XMP)
                .put(packet)
                .put(jpeg, at, jpeg.length - at)
                .array();
    }

    /// Hands over every packet before the first scan.
    ///
    /// @param jpeg at its first byte
    /// @throws IOException also if the file breaks off or is broken before its first scan
    static void read(DataInputStream jpeg, Metadata found) throws IOException {
        jpeg.skipNBytes(2);
        for (int marker = marker(jpeg);
                marker != START_OF_SCAN && marker != END_OF_IMAGE;
                marker = marker(jpeg)) {
            int length = jpeg.readUnsignedShort() - 2;
            if (length < 0) {
                throw new IOException("a segment of negative length");
            }
            if (marker != APP1) {
                jpeg.skipNBytes(length);
                continue;
            }
            var segment = jpeg.readNBytes(length);
            if (segment.length < length) {
                throw new IOException("a segment breaks off");
            }
            if (Arrays.mismatch(segment, XMP) == XMP.length) {
                found.packet(Arrays.copyOfRange(segment, XMP.length, length));
            }
        }
    }

    private static int marker(DataInputStream jpeg) throws IOException {
        if (jpeg.readUnsignedByte() != MARKER) {
            throw new IOException("no marker where one must be");
        }
        int marker = jpeg.readUnsignedByte();
        while (marker == MARKER) { // fill bytes
            marker = jpeg.readUnsignedByte();
        }
        return marker;
    }
}

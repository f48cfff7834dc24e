package dev.facefusion.runtime.provenance;

import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/// The marks of ASF files, of which WMV is one: the label of GB 45438 under the name `AIGC` in the
/// header's Extended Content Description (ASF specification, 3.11). Numbers are little-endian.
final class AsfObjects {

    private static final byte[] HEADER = id("3026b2758e66cf11a6d900aa0062ce6c");
    private static final byte[] DESCRIPTION = id("40a4d0d207e3d21197f000a0c95ea850");
    private static final int ID = 16;
    private static final int OBJECT = ID + 8;
    // How many objects there are, and two reserved bytes.
    private static final int HEADER_FIELDS = 6;
    private static final int TEXT = 0;
    private static final String AIGC = "AIGC";

    private AsfObjects() {}

    private static byte[] id(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    /// @param file its first twelve bytes, at least
    static boolean begins(byte[] file) {
        return file.length >= MarkedFile.SIGNATURE_BYTES
                && Arrays.equals(
                        file, 0, MarkedFile.SIGNATURE_BYTES, HEADER, 0, MarkedFile.SIGNATURE_BYTES);
    }

    /// Hands over every label of the file's header, which is the first object.
    ///
    /// @param asf at its first byte
    /// @throws IOException also if the file breaks off or is broken
    static void read(DataInputStream asf, Metadata found) throws IOException {
        asf.skipNBytes(ID);
        long left = size(asf) - OBJECT - HEADER_FIELDS;
        asf.skipNBytes(HEADER_FIELDS);
        while (left >= OBJECT) {
            var id = exactly(asf, ID);
            long size = size(asf);
            if (size < OBJECT || size > left) {
                throw new IOException("an object is longer than the header");
            }
            long content = size - OBJECT;
            if (Arrays.equals(id, DESCRIPTION) && content <= MarkReader.MAX_PACKET) {
                describe(ByteBuffer.wrap(exactly(asf, (int) content)), found);
            } else {
                asf.skipNBytes(content);
            }
            left -= size;
        }
    }

    private static void describe(ByteBuffer description, Metadata found) throws IOException {
        description.order(ByteOrder.LITTLE_ENDIAN);
        int entries = number(description);
        for (int i = 0; i < entries; i++) {
            var name = text(description);
            int type = number(description);
            var value = text(description);
            if (type == TEXT && name.equals(AIGC)) {
                found.label(value);
            }
        }
    }

    private static String text(ByteBuffer description) throws IOException {
        int bytes = number(description);
        if (bytes > description.remaining()) {
            throw new EOFException("a description breaks off");
        }
        var text = new byte[bytes];
        description.get(text);
        return new String(text, UTF_16LE).replace("\0", "");
    }

    private static int number(ByteBuffer description) throws IOException {
        if (description.remaining() < Short.BYTES) {
            throw new EOFException("a description breaks off");
        }
        return Short.toUnsignedInt(description.getShort());
    }

    private static long size(DataInputStream asf) throws IOException {
        return Long.reverseBytes(asf.readLong());
    }

    private static byte[] exactly(DataInputStream asf, int bytes) throws IOException {
        var content = asf.readNBytes(bytes);
        if (content.length < bytes) {
            throw new EOFException("an object breaks off");
        }
        return content;
    }
}

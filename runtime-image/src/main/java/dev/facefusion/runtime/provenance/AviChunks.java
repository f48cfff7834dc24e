package dev.facefusion.runtime.provenance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;

/// The marks of AVI files: XMP in a chunk `_PMX` (XMP specification part 3, 1.2.1), and the label
/// of GB 45438 as the comment (`ICMT`), in an object with the one field `AIGC`: an AVI has no names
/// but those of its list `INFO`. Numbers are little-endian, and a chunk of an odd length is
/// followed by a byte that does not count.
final class AviChunks {

    private static final int HEADER = 12;
    private static final int KIND = 4;

    private AviChunks() {}

    static boolean begins(byte[] file) {
        return file.length >= HEADER
                && new String(file, 0, KIND, US_ASCII).equals("RIFF")
                && new String(file, 8, KIND, US_ASCII).equals("AVI ");
    }

    /// Hands over every packet and label of the file. What may hold one is entered, and what is in
    /// it is read as if it stood beside it.
    ///
    /// @param avi at its first byte
    /// @throws IOException also if the file breaks off or is broken
    static void read(DataInputStream avi, Metadata found) throws IOException {
        for (var kind = kind(avi); !kind.isEmpty(); kind = kind(avi)) {
            long length = Integer.toUnsignedLong(Integer.reverseBytes(avi.readInt()));
            long padded = length + (length & 1);
            switch (kind) {
                case "RIFF" -> avi.skipNBytes(KIND);
                case "LIST" -> {
                    if (!kind(avi).equals("INFO")) {
                        avi.skipNBytes(Math.max(0, padded - KIND));
                    }
                }
                case "ICMT" -> comment(content(avi, length, padded), found);
                case "_PMX" -> found.packet(content(avi, length, padded));
                default -> avi.skipNBytes(padded);
            }
        }
    }

    private static void comment(byte[] content, Metadata found) {
        var text = new String(content, UTF_8).replace("\0", "");
        if (text.contains("\"AIGC\"")) {
            found.label(text);
        }
    }

    // Empty at the end of the file.
    private static String kind(DataInputStream avi) throws IOException {
        return new String(avi.readNBytes(KIND), US_ASCII);
    }

    private static byte[] content(DataInputStream avi, long length, long padded)
            throws IOException {
        if (length > MarkReader.MAX_PACKET) {
            avi.skipNBytes(padded);
            return new byte[0];
        }
        var content = avi.readNBytes((int) length);
        if (content.length < length) {
            throw new EOFException("a chunk breaks off");
        }
        avi.skipNBytes(padded - length);
        return content;
    }
}

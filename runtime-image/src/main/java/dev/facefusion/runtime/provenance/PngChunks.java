package dev.facefusion.runtime.provenance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.InflaterInputStream;

/// The XMP of a PNG file: an `iTXt` chunk (XMP specification part 3, 1.1.5). Some tools put the
/// label of GB 45438 into a text chunk of its own: it is read as well.
final class PngChunks {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int IHDR_END = SIGNATURE.length + 12 + 13;
    private static final int ITXT = 0x69545874;
    private static final int TEXT = 0x74455874;
    private static final int IEND = 0x49454E44;

    private static final String XMP = "XML:com.adobe.xmp";
    private static final String AIGC = "AIGC";
    // Keyword's end, not compressed, no method, no language, no translated keyword.
    private static final byte[] PLAIN = new byte[5];

    private PngChunks() {}

    static boolean begins(byte[] file) {
        return file.length >= SIGNATURE.length
                && Arrays.equals(file, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
    }

    /// The file with the packet in a chunk before the picture's data.
    ///
    /// @param png a whole file
    static byte[] with(byte[] png, byte[] packet) {
        int length = XMP.length() + PLAIN.length + packet.length;
        var chunk =
                ByteBuffer.allocate(12 + length)
                        .putInt(length)
                        .putInt(ITXT)
                        .put(XMP.getBytes(ISO_8859_1))
                        .put(PLAIN)
                        .put(packet);
        var checksum = new CRC32();
        checksum.update(chunk.array(), 4, 4 + length);
        chunk.putInt((int) checksum.getValue());
        return ByteBuffer.allocate(png.length + chunk.capacity())
                .put(png, 0, IHDR_END)
                .put(chunk.array())
                .put(png, IHDR_END, png.length - IHDR_END)
                .array();
    }

    /// Hands over every packet and label of the file.
    ///
    /// @param png at its first byte
    /// @throws IOException also if the file breaks off or is broken
    static void read(DataInputStream png, Metadata found) throws IOException {
        png.skipNBytes(SIGNATURE.length);
        while (true) {
            int length = png.readInt();
            int type = png.readInt();
            if (length < 0) {
                throw new IOException("a chunk of negative length");
            }
            if (type == IEND) {
                return;
            }
            if ((type == ITXT || type == TEXT) && length <= MarkReader.MAX_PACKET) {
                var text = png.readNBytes(length);
                if (text.length < length) {
                    throw new IOException("a chunk breaks off");
                }
                text(type, text, found);
            } else {
                png.skipNBytes(length);
            }
            png.skipNBytes(4); // the checksum: a mark with a flipped bit is a mark
        }
    }

    private static void text(int type, byte[] chunk, Metadata found) throws IOException {
        int end = indexOfZero(chunk, 0);
        var keyword = new String(chunk, 0, end, ISO_8859_1);
        if (type == TEXT && keyword.equals(AIGC)) {
            found.label(
                    new String(chunk, Math.min(end + 1, chunk.length), rest(chunk, end), UTF_8));
        }
        if (type == ITXT && keyword.equals(XMP)) {
            found.packet(international(chunk, end));
        }
        if (type == ITXT && keyword.equals(AIGC)) {
            found.label(new String(international(chunk, end), UTF_8));
        }
    }

    /// The text of an `iTXt` chunk after its keyword, inflated where it is compressed; as far as it
    /// can be read.
    private static byte[] international(byte[] chunk, int keywordEnd) throws IOException {
        if (chunk.length < keywordEnd + 5) {
            return new byte[0];
        }
        int languageEnd = indexOfZero(chunk, keywordEnd + 3);
        int start = Math.min(indexOfZero(chunk, languageEnd + 1) + 1, chunk.length);
        if (chunk[keywordEnd + 1] == 0) {
            return Arrays.copyOfRange(chunk, start, chunk.length);
        }
        var compressed = new ByteArrayInputStream(chunk, start, chunk.length - start);
        try (var inflated = new InflaterInputStream(compressed)) {
            return inflated.readNBytes(MarkReader.MAX_PACKET);
        } catch (IOException _) {
            return new byte[0];
        }
    }

    private static int rest(byte[] chunk, int end) {
        return Math.max(0, chunk.length - end - 1);
    }

    private static int indexOfZero(byte[] chunk, int from) {
        int at = from;
        while (at < chunk.length && chunk[at] != 0) {
            at++;
        }
        return Math.min(at, chunk.length);
    }
}

package dev.facefusion.runtime.provenance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/// The marks of Matroska and WebM files (RFC 9559): the label of GB 45438 as a tag of the name
/// `AIGC`. There is no agreed place for XMP.
final class MatroskaElements {

    private static final byte[] EBML = {0x1A, 0x45, (byte) 0xDF, (byte) 0xA3};
    private static final long SEGMENT = 0x18538067;
    private static final long TAGS = 0x1254C367;
    private static final long TAG = 0x7373;
    private static final long SIMPLE_TAG = 0x67C8;
    private static final long TAG_NAME = 0x45A3;
    private static final long TAG_STRING = 0x4487;

    private static final String AIGC = "AIGC";
    private static final int MAX_NAME = 256;

    private MatroskaElements() {}

    static boolean begins(byte[] file) {
        return file.length >= EBML.length
                && Arrays.equals(file, 0, EBML.length, EBML, 0, EBML.length);
    }

    /// Hands over every label of the file.
    ///
    /// @param matroska at its first byte
    /// @throws IOException also if the file breaks off or is broken
    static void read(DataInputStream matroska, Metadata found) throws IOException {
        new Reader(matroska, found).elements();
    }

    /// One walk through a file. What may hold a tag is entered, and what is in it is read as if it
    /// stood beside it; everything else is passed over.
    private static final class Reader {

        // A number that consists of ones only: the size of a recording that went on (RFC 8794,
        // 6.2).
        private static final long UNKNOWN = -1;

        private final DataInputStream matroska;
        private final Metadata found;
        private String name = "";

        private Reader(DataInputStream matroska, Metadata found) {
            this.matroska = matroska;
            this.found = found;
        }

        private void elements() throws IOException {
            for (int first = matroska.read(); first >= 0; first = matroska.read()) {
                long id = number(first, first);
                element(id, size());
            }
        }

        private void element(long id, long size) throws IOException {
            if (size == UNKNOWN || id == SEGMENT || id == TAGS || id == TAG || id == SIMPLE_TAG) {
                return; // entered
            }
            if (id == TAG_NAME) {
                name = text(size, MAX_NAME);
            } else if (id == TAG_STRING && name.equals(AIGC)) {
                found.label(text(size, MarkReader.MAX_PACKET));
            } else {
                matroska.skipNBytes(size);
            }
        }

        private long size() throws IOException {
            int first = matroska.readUnsignedByte();
            int length = length(first);
            long value = number(first, first & (0xFF >> length));
            return value == (1L << (7 * length)) - 1 ? UNKNOWN : value;
        }

        /// A number of one to eight bytes, of which the zeros before the first one tell how many.
        ///
        /// @param start what of its first byte counts
        private long number(int first, int start) throws IOException {
            long value = start;
            for (int left = length(first) - 1; left > 0; left--) {
                value = (value << 8) | matroska.readUnsignedByte();
            }
            return value;
        }

        private static int length(int first) throws IOException {
            if (first == 0) {
                throw new IOException("a number of more than eight bytes");
            }
            return Integer.numberOfLeadingZeros(first) - 23;
        }

        private String text(long size, int most) throws IOException {
            if (size > most) {
                matroska.skipNBytes(size);
                return "";
            }
            var text = matroska.readNBytes((int) size);
            if (text.length < size) {
                throw new EOFException("a tag breaks off");
            }
            return new String(text, UTF_8);
        }
    }
}

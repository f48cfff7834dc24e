package dev.facefusion.runtime.provenance;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// The XMP of a TIFF file: the tag 700 of its first directory (XMP specification part 3, 1.1.7).
final class TiffDirectory {

    private static final byte[] LITTLE = {'I', 'I', 42, 0};
    private static final byte[] BIG = {'M', 'M', 0, 42};
    private static final int HEADER = 8;
    private static final int ENTRY = 12;
    private static final short XMP = 700;
    private static final short BYTE = 1;

    private static final byte[] PACKET_BEGIN = "<?xpacket begin".getBytes(US_ASCII);
    private static final byte[] INSTRUCTION_END = "?>".getBytes(US_ASCII);
    private static final byte[] PACKET_END = "<?xpacket end".getBytes(US_ASCII);

    private TiffDirectory() {}

    static boolean begins(byte[] file) {
        return file.length >= HEADER
                && (Arrays.equals(file, 0, LITTLE.length, LITTLE, 0, LITTLE.length)
                        || Arrays.equals(file, 0, BIG.length, BIG, 0, BIG.length));
    }

    /// The file with a new first directory at its end, and the packet after it. Nothing moves: the
    /// places that the directory tells stay right.
    ///
    /// @param tiff a whole file without XMP
    static byte[] with(byte[] tiff, byte[] packet) {
        var old = ByteBuffer.wrap(tiff).order(tiff[0] == 'I' ? LITTLE_ENDIAN : BIG_ENDIAN);
        int at = old.getInt(4);
        int entries = Short.toUnsignedInt(old.getShort(at));
        int before = 0; // entries are in the order of their tags
        while (before < entries && tag(old, at, before) < XMP) {
            before++;
        }
        int directory = tiff.length + (tiff.length & 1); // at an even place, by TIFF 6.0
        int size = 2 + ENTRY * (entries + 1) + 4;
        return ByteBuffer.allocate(directory + size + packet.length)
                .order(old.order())
                .put(tiff)
                .putInt(4, directory)
                .position(directory)
                .putShort((short) (entries + 1))
                .put(tiff, at + 2, ENTRY * before)
                .putShort(XMP)
                .putShort(BYTE)
                .putInt(packet.length)
                .putInt(directory + size)
                .put(tiff, at + 2 + ENTRY * before, ENTRY * (entries - before) + 4)
                .put(packet)
                .array();
    }

    private static int tag(ByteBuffer tiff, int directory, int entry) {
        return Short.toUnsignedInt(tiff.getShort(directory + 2 + ENTRY * entry));
    }

    /// Hands over every packet of the file. A directory may stand anywhere and name places before
    /// itself; the packets' own beginnings and ends are there so that a reader which cannot go back
    /// finds them (XMP specification part 1, 7.3.2).
    ///
    /// @param tiff at its first byte
    /// @throws IOException also if a packet breaks off
    static void read(DataInputStream tiff, Metadata found) throws IOException {
        var scan = new PacketScan(tiff);
        while (scan.past(PACKET_BEGIN) && scan.past(INSTRUCTION_END)) {
            found.packet(scan.until(PACKET_END));
        }
    }
}

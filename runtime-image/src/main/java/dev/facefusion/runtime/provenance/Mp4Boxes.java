package dev.facefusion.runtime.provenance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// The marks of MP4, MOV and their kin (ISO/IEC 14496-12): the XMP packet in a `uuid` box of the
/// file itself (XMP specification part 3, 1.2.2), and the label of GB 45438 as the metadata `AIGC`
/// among a movie's keys (`moov/udta/meta` in MP4, `moov/meta` in MOV), where the muxer writes it.
final class Mp4Boxes {

    private static final byte[] XMP = HexFormat.of().parseHex("be7acfcb97a942e89c71999491e3afac");
    private static final String AIGC = "AIGC";
    private static final int HEADER = 8;
    private static final int LONG_HEADER = 16;
    private static final int MAX_KEYS = 1024;
    private static final int MAX_DEPTH = 4;

    private Mp4Boxes() {}

    static boolean begins(byte[] file) {
        if (file.length < HEADER) {
            return false;
        }
        var type = new String(file, 4, 4, US_ASCII);
        return type.equals("ftyp") || type.equals("moov") || type.equals("wide");
    }

    /// Appends the packet to a whole file, in place. No other box moves: the places of the frames
    /// that the movie's tables tell stay right.
    ///
    /// @throws IOException if the file cannot be written, or its last box has no end of its own
    static void append(Path file, byte[] packet) throws IOException {
        try (var mp4 = new RandomAccessFile(file.toFile(), "rw")) {
            checkEnd(mp4);
            mp4.seek(mp4.length());
            int size = HEADER + XMP.length + packet.length;
            mp4.write(
                    ByteBuffer.allocate(size)
                            .putInt(size)
                            .put("uuid".getBytes(US_ASCII))
                            .put(XMP)
                            .put(packet)
                            .array());
        }
    }

    private static void checkEnd(RandomAccessFile mp4) throws IOException {
        long at = 0;
        while (at < mp4.length()) {
            mp4.seek(at);
            long size = Integer.toUnsignedLong(mp4.readInt());
            mp4.skipBytes(4);
            size = size == 1 ? mp4.readLong() : size;
            if (size < HEADER || at + size > mp4.length()) {
                throw new IOException("the file has a box without an end: nothing can follow it");
            }
            at += size;
        }
    }

    /// Hands over every packet and label of the file.
    ///
    /// @param mp4 at its first byte
    /// @throws IOException also if the file breaks off or is broken
    static void read(DataInputStream mp4, Metadata found) throws IOException {
        new Reader(mp4, found).boxes(Long.MAX_VALUE, 0);
    }

    /// A box's type and what is left of it after its header.
    private record Box(String type, long bytes) {}

    /// One walk through a file.
    private static final class Reader {

        private final DataInputStream mp4;
        private final Metadata found;
        private List<String> keys = List.of();

        private Reader(DataInputStream mp4, Metadata found) {
            this.mp4 = mp4;
            this.found = found;
        }

        /// Reads the boxes of a box, or of the file.
        ///
        /// @param bytes of them all
        private void boxes(long bytes, int depth) throws IOException {
            long left = bytes;
            while (left >= HEADER && !(depth == 0 && atEnd())) {
                long size = Integer.toUnsignedLong(mp4.readInt());
                var type = new String(mp4.readNBytes(4), US_ASCII);
                int header = HEADER;
                if (size == 1) {
                    size = mp4.readLong();
                    header = LONG_HEADER;
                }
                if (size == 0) { // to the end of the file: the media's data
                    return;
                }
                if (size < header || size > left) {
                    throw new IOException("a box is longer than what it is in");
                }
                content(new Box(type, size - header), depth);
                left -= size;
            }
            mp4.skipNBytes(depth == 0 ? 0 : left); // QuickTime ends a list of boxes with four zeros
        }

        private boolean atEnd() throws IOException {
            mp4.mark(1);
            int next = mp4.read();
            mp4.reset();
            return next < 0;
        }

        private void content(Box box, int depth) throws IOException {
            switch (box.type()) {
                case "uuid" -> uuid(box.bytes());
                case "moov", "udta" -> inner(box.bytes(), depth);
                case "meta" -> meta(box.bytes(), depth);
                case "keys" -> keys(box.bytes());
                case "ilst" -> items(box.bytes());
                default -> mp4.skipNBytes(box.bytes());
            }
        }

        private void inner(long bytes, int depth) throws IOException {
            if (depth >= MAX_DEPTH) {
                throw new IOException("boxes lie too deep");
            }
            boxes(bytes, depth + 1);
        }

        private void uuid(long bytes) throws IOException {
            if (bytes < XMP.length || bytes - XMP.length > MarkReader.MAX_PACKET) {
                mp4.skipNBytes(bytes);
                return;
            }
            var content = exactly((int) bytes);
            if (Arrays.equals(content, 0, XMP.length, XMP, 0, XMP.length)) {
                found.packet(Arrays.copyOfRange(content, XMP.length, content.length));
            }
        }

        // MP4 has four bytes of version and flags before the boxes, QuickTime has none.
        private void meta(long bytes, int depth) throws IOException {
            if (bytes < LONG_HEADER) {
                mp4.skipNBytes(bytes);
                return;
            }
            mp4.mark(HEADER);
            var start = exactly(HEADER);
            mp4.reset();
            boolean plain = new String(start, 4, 4, US_ASCII).equals("hdlr");
            int skipped = plain ? 0 : 4;
            mp4.skipNBytes(skipped);
            inner(bytes - skipped, depth);
        }

        // Version and flags, a count, then keys: size, namespace, name.
        private void keys(long bytes) throws IOException {
            if (bytes > MarkReader.MAX_PACKET || bytes < 8) {
                mp4.skipNBytes(bytes);
                return;
            }
            var content = ByteBuffer.wrap(exactly((int) bytes)).position(8);
            var names = new ArrayList<String>();
            while (content.remaining() >= HEADER && names.size() < MAX_KEYS) {
                int size = content.getInt();
                content.getInt();
                if (size < HEADER || size - HEADER > content.remaining()) {
                    throw new IOException("a key is longer than its list");
                }
                var name = new byte[size - HEADER];
                content.get(name);
                names.add(new String(name, UTF_8));
            }
            keys = names;
        }

        // Each item is a box whose type is the number of its key, from 1, around a box `data`.
        private void items(long bytes) throws IOException {
            if (bytes > MarkReader.MAX_PACKET) {
                mp4.skipNBytes(bytes);
                return;
            }
            var content = ByteBuffer.wrap(exactly((int) bytes));
            while (content.remaining() >= HEADER) {
                int size = content.getInt();
                int key = content.getInt();
                if (size < HEADER || size - HEADER > content.remaining()) {
                    throw new IOException("an item is longer than its list");
                }
                var item = new byte[size - HEADER];
                content.get(item);
                // The data's own header, its type and its language come before the text.
                if (key >= 1
                        && key <= keys.size()
                        && keys.get(key - 1).equals(AIGC)
                        && item.length > LONG_HEADER) {
                    found.label(new String(item, LONG_HEADER, item.length - LONG_HEADER, UTF_8));
                }
            }
        }

        private byte[] exactly(int bytes) throws IOException {
            var content = mp4.readNBytes(bytes);
            if (content.length < bytes) {
                throw new IOException("a box breaks off");
            }
            return content;
        }
    }
}

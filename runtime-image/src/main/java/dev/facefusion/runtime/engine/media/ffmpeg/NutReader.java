package dev.facefusion.runtime.engine.media.ffmpeg;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Takes the frames out of a stream in NUT, ffmpeg's own container, in such a way that what lies
/// between them can be passed on as it is: their times, sizes and rates stay exact whatever is done
/// to the pixels.
///
/// One stream of raw video is understood, as `ffmpeg -f nut -c:v rawvideo` writes it. By the NUT
/// specification of 2008; names are the specification's.
public final class NutReader {

    private static final byte[] ID = "nut/multimedia container\0".getBytes(US_ASCII);
    private static final long MAIN_STARTCODE = 0x4E4D7A561F5F04ADL;

    private static final int FLAG_CODED_PTS = 1 << 3;
    private static final int FLAG_STREAM_ID = 1 << 4;
    private static final int FLAG_SIZE_MSB = 1 << 5;
    private static final int FLAG_CHECKSUM = 1 << 6;
    private static final int FLAG_RESERVED = 1 << 7;
    private static final int FLAG_SM_DATA = 1 << 8;
    private static final int FLAG_HEADER_IDX = 1 << 10;
    private static final int FLAG_MATCH_TIME = 1 << 11;
    private static final int FLAG_CODED = 1 << 12;
    private static final int FLAG_INVALID = 1 << 13;

    private static final int MAX_PACKET_BYTES = 1 << 20;

    // A pipe holds 64 KiB, and Java copies a larger read through memory that it allocates each
    // time.
    private static final int READ_BYTES = 1 << 16;

    private final InputStream stream;
    private final int[] flags = new int[256];
    private final int[] sizeFactor = new int[256];
    private final int[] sizeLow = new int[256];
    private byte[] between = new byte[4096];
    private int length;
    private boolean begun;

    public NutReader(InputStream stream) {
        this.stream = stream;
    }

    /// Reads up to the next frame's pixels.
    ///
    /// @return how many bytes of pixels follow, to be read with [#pixels]; -1 at the end of the
    ///   stream
    /// @throws IOException if the stream breaks off or is not what it should be
    public int next() throws IOException {
        length = 0;
        while (true) {
            int code = stream.read();
            if (code < 0) {
                return -1;
            }
            put(code);
            if (!begun) {
                identify(code);
            } else if (code == 'N') {
                packet();
            } else {
                int size = frame(code);
                if (size > 0) { // an empty one marks the end of a stream
                    return size;
                }
            }
        }
    }

    /// All bytes that came before the frame that [#next] announced, or before the end of the
    /// stream. Overwritten by the next call.
    public byte[] between() {
        return between;
    }

    /// How many bytes of [#between] are valid.
    public int betweenLength() {
        return length;
    }

    /// Reads the announced frame's pixels.
    public void pixels(byte[] into, int size) throws IOException {
        int at = 0;
        while (at < size) {
            int read = stream.read(into, at, Math.min(READ_BYTES, size - at));
            if (read < 0) {
                throw new EOFException("the stream ends within a frame");
            }
            at += read;
        }
    }

    private void identify(int first) throws IOException {
        int next = first;
        for (int i = 0; i < ID.length; i++) {
            if (next != ID[i]) {
                throw new IOException("this is no NUT stream");
            }
            next = i < ID.length - 1 ? take() : next;
        }
        begun = true;
    }

    // startcode, forward_ptr, [header_checksum], content, checksum
    private void packet() throws IOException {
        long startcode = 'N';
        for (int i = 1; i < Long.BYTES; i++) {
            startcode = (startcode << 8) | take();
        }
        long forward = varint();
        if (forward > MAX_PACKET_BYTES) {
            throw new IOException("a NUT packet of %d bytes".formatted(forward));
        }
        if (forward > 4096) {
            take(Integer.BYTES);
        }
        int end = length + (int) forward;
        if (startcode == MAIN_STARTCODE) {
            frameCodes();
        }
        take(end - length);
    }

    private void frameCodes() throws IOException {
        if (varint() > 3) {
            throw new IOException("a version of NUT that is not known");
        }
        if (varint() != 1) {
            throw new IOException("more than one stream");
        }
        varint(); // max_distance
        for (long bases = varint(); bases > 0; bases--) {
            varint();
            varint();
        }
        int factor = 1;
        for (int code = 0; code < 256; ) {
            int flag = (int) varint();
            long fields = varint();
            if (fields > 0) {
                varint(); // pts_delta
            }
            if (fields > 1) {
                factor = (int) varint();
            }
            if (fields > 2) {
                varint(); // stream_id
            }
            int low = fields > 3 ? (int) varint() : 0;
            if (fields > 4) {
                varint(); // reserved_count
            }
            int count = fields > 5 ? (int) varint() : factor - low;
            for (long rest = Math.max(0, fields - 6); rest > 0; rest--) {
                varint(); // match_time_delta, header_idx and what may come later
            }
            for (int i = 0; i < count && code < 256; code++) {
                flags[code] = code == 'N' ? FLAG_INVALID : flag;
                sizeFactor[code] = factor;
                sizeLow[code] = low + i;
                i += code == 'N' ? 0 : 1;
            }
        }
    }

    private int frame(int code) throws IOException {
        int flag = flags[code];
        if ((flag & FLAG_CODED) != 0) {
            flag ^= (int) varint();
        }
        if ((flag & (FLAG_INVALID | FLAG_SM_DATA)) != 0 || sizeFactor[code] == 0) {
            throw new IOException("a NUT frame of a kind that is not known: %d".formatted(code));
        }
        if ((flag & FLAG_STREAM_ID) != 0) {
            varint();
        }
        if ((flag & FLAG_CODED_PTS) != 0) {
            varint();
        }
        long size = sizeLow[code];
        if ((flag & FLAG_SIZE_MSB) != 0) {
            size += sizeFactor[code] * varint();
        }
        if ((flag & FLAG_MATCH_TIME) != 0) {
            varint();
        }
        if ((flag & FLAG_HEADER_IDX) != 0 && varint() != 0) {
            throw new IOException("a NUT frame whose start is elided");
        }
        if ((flag & FLAG_RESERVED) != 0) {
            for (long reserved = varint(); reserved > 0; reserved--) {
                varint();
            }
        }
        if ((flag & FLAG_CHECKSUM) != 0) {
            take(Integer.BYTES);
        }
        return Math.toIntExact(size);
    }

    /// `v`: seven bits a byte, the highest first, the eighth says that more follow.
    private long varint() throws IOException {
        long value = 0;
        for (int bytes = 0; bytes < 9; bytes++) {
            int next = take();
            value = (value << 7) | (next & 0x7F);
            if (next < 0x80) {
                return value;
            }
        }
        throw new IOException("a number that is too long");
    }

    private void take(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            take();
        }
    }

    private int take() throws IOException {
        int next = stream.read();
        if (next < 0) {
            throw new EOFException("the stream ends within a header");
        }
        put(next);
        return next;
    }

    private void put(int next) {
        if (length == between.length) {
            between = Arrays.copyOf(between, 2 * length);
        }
        between[length++] = (byte) next;
    }
}

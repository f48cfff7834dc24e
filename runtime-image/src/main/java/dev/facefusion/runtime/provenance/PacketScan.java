package dev.facefusion.runtime.provenance;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/// Looks for words in a file of any length, byte by byte. A word's first byte stands in it once.
final class PacketScan {

    private final DataInputStream file;

    PacketScan(DataInputStream file) {
        this.file = file;
    }

    /// Goes on past the next word.
    ///
    /// @return false if there is none
    boolean past(byte[] word) throws IOException {
        int matched = 0;
        while (matched < word.length) {
            int next = file.read();
            if (next < 0) {
                return false;
            }
            matched = matched(word, matched, next);
        }
        return true;
    }

    /// What stands before the next word, which is passed.
    ///
    /// @throws IOException if there is none, or more than [MarkReader#MAX_PACKET] before it
    byte[] until(byte[] word) throws IOException {
        var bytes = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < word.length) {
            int next = file.read();
            if (next < 0) {
                throw new EOFException("a packet breaks off");
            }
            if (bytes.size() > MarkReader.MAX_PACKET) {
                throw new IOException("a packet has no end");
            }
            bytes.write(next);
            matched = matched(word, matched, next);
        }
        return Arrays.copyOf(bytes.toByteArray(), bytes.size() - word.length);
    }

    private static int matched(byte[] word, int matched, int next) {
        if (next == word[matched]) {
            return matched + 1;
        }
        return next == word[0] ? 1 : 0;
    }
}

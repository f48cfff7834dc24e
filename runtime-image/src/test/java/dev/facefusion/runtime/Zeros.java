package dev.facefusion.runtime;

import java.io.InputStream;

/// As many bytes as a test wants, of which none is kept in memory.
public final class Zeros extends InputStream {

    private long left;

    public Zeros(long length) {
        this.left = length;
    }

    @Override
    public int read() {
        return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (left <= 0) {
            return -1;
        }
        var count = (int) Math.min(length, left);
        left -= count;
        return count;
    }
}

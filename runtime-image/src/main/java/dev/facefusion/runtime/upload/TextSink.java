package dev.facefusion.runtime.upload;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;

/// A part that stays in memory.
final class TextSink extends OutputStream {

    static final int MAX_BYTES = 64 * 1024;

    private final String name;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    TextSink(String name) {
        this.name = name;
    }

    @Override
    public void write(int single) {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) {
        if (content.size() + length > MAX_BYTES) {
            throw new FormException(new FormFault.FieldTooLarge(name, MAX_BYTES));
        }
        content.write(from, offset, length);
    }

    byte[] bytes() {
        return content.toByteArray();
    }
}

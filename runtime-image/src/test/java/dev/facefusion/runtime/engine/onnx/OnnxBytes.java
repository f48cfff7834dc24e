package dev.facefusion.runtime.engine.onnx;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Writes parts of ONNX files byte by byte, as the specification of Protocol Buffers has them.
public final class OnnxBytes {

    private OnnxBytes() {}

    /// A model whose graph has these constants.
    public static byte[] model(byte[]... initialisers) {
        return field(7, joined(initialisers));
    }

    /// A constant of the graph.
    public static byte[] tensor(byte[]... fields) {
        return field(5, joined(fields));
    }

    /// A field of a string.
    public static byte[] field(int number, String text) {
        return field(number, text.getBytes(UTF_8));
    }

    /// A field of bytes: a message, or numbers one after the other.
    public static byte[] field(int number, byte[] content) {
        return joined(packed((number << 3) | 2, content.length), content);
    }

    /// A field of one whole number.
    public static byte[] number(int field, long value) {
        return packed((long) field << 3, value);
    }

    /// A field of one float.
    public static byte[] single(int field, float value) {
        return joined(packed(((long) field << 3) | 5), floats(value));
    }

    /// Whole numbers of 7 bits per byte, the lowest first.
    public static byte[] packed(long... numbers) {
        var bytes = new ByteArrayOutputStream();
        for (long number : numbers) {
            long rest = number;
            while (rest > 0x7F) {
                bytes.write((int) ((rest & 0x7F) | 0x80));
                rest >>>= 7;
            }
            bytes.write((int) rest);
        }
        return bytes.toByteArray();
    }

    /// Floats of 32 bits, little-endian.
    public static byte[] floats(float... values) {
        var bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    public static byte[] bytes(int... values) {
        var bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    public static byte[] joined(byte[]... parts) {
        var joined = new ByteArrayOutputStream();
        for (var part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}

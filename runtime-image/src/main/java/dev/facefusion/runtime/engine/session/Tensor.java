package dev.facefusion.runtime.engine.session;

import ai.onnxruntime.OnnxJavaType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/// The memory of one input or output.
///
/// @param shape with 1 for what the model leaves open
record Tensor(OnnxJavaType type, List<Long> shape, ByteBuffer memory) {

    private static final int CHUNK = 4096;
    private static final int EXPONENT = 0x7F800000;
    private static final int LOWEST_OF_EXPONENT = 0x00800000;

    /// Whether no 32-bit float is NaN or an infinity; other types have none.
    ///
    /// Those two have an exponent of ones only, and one more carries into the sign. In whole
    /// numbers, copied to the heap, several values are looked at at once.
    boolean isFinite() {
        if (type != OnnxJavaType.FLOAT) {
            return true;
        }
        var bits = memory().asIntBuffer();
        var chunk = new int[CHUNK];
        int carries = 0;
        while (bits.hasRemaining()) {
            int length = Math.min(CHUNK, bits.remaining());
            bits.get(chunk, 0, length);
            for (int i = 0; i < length; i++) {
                carries |= (chunk[i] & EXPONENT) + LOWEST_OF_EXPONENT;
            }
        }
        return carries >= 0;
    }

    FloatBuffer floats(String model, String tensor) {
        if (type != OnnxJavaType.FLOAT) {
            throw new SessionException("%s of %s is %s, not FLOAT".formatted(tensor, model, type));
        }
        return memory.asFloatBuffer();
    }

    long[] longs(String model, String tensor) {
        var values = new long[memory.capacity() / type.size];
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    switch (type) {
                        case INT64 -> memory.getLong(i * type.size);
                        case INT32 -> memory.getInt(i * type.size);
                        default ->
                                throw new SessionException(
                                        "%s of %s is %s, not a whole number"
                                                .formatted(tensor, model, type));
                    };
        }
        return values;
    }

    void scalar(String model, String tensor, double value) {
        switch (type) {
            case FLOAT -> memory.putFloat(0, (float) value);
            case DOUBLE -> memory.putDouble(0, value);
            default ->
                    throw new SessionException(
                            "%s of %s is %s, not a fraction".formatted(tensor, model, type));
        }
    }

    void clear() {
        for (int i = 0; i < memory.capacity(); i++) {
            memory.put(i, (byte) 0);
        }
    }

    @Override
    public ByteBuffer memory() {
        return memory.duplicate().order(ByteOrder.nativeOrder());
    }
}

package dev.facefusion.runtime.engine.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.LongConsumer;

/// One message of Protocol Buffers, field by field
/// ([encoding](https://protobuf.dev/programming-guides/encoding/)).
///
/// Nothing is copied: a field that is itself a message or a run of bytes is a view of the whole. A
/// message that breaks off throws [java.nio.BufferUnderflowException] or
/// [IllegalArgumentException].
final class Protobuf {

    /// How a field is written.
    enum Wire {
        VARINT,
        FIXED_64,
        BYTES,
        FIXED_32
    }

    private static final int CONTINUED = 0x80;
    private static final int PAYLOAD = 0x7F;
    private static final int PAYLOAD_BITS = 7;

    private final ByteBuffer message;
    private int field;
    private Wire wire = Wire.VARINT;

    Protobuf(ByteBuffer message) {
        this.message = message.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Goes to the next field, which must then be read or skipped.
    ///
    /// @return whether there is one
    boolean next() {
        if (!message.hasRemaining()) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        wire =
                switch ((int) tag & 7) {
                    case 0 -> Wire.VARINT;
                    case 1 -> Wire.FIXED_64;
                    case 2 -> Wire.BYTES;
                    case 5 -> Wire.FIXED_32;
                    default -> throw new IllegalArgumentException("no such wire type in " + tag);
                };
        return true;
    }

    /// The field's number.
    int field() {
        return field;
    }

    Wire wire() {
        return wire;
    }

    void skip() {
        switch (wire) {
            case VARINT -> varint();
            case FIXED_64 -> message.getLong();
            case BYTES -> bytes();
            case FIXED_32 -> message.getInt();
        }
    }

    /// A whole number of 7 bits per byte, the lowest first.
    long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += PAYLOAD_BITS) {
            byte next = message.get();
            value |= (long) (next & PAYLOAD) << shift;
            if ((next & CONTINUED) == 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number is longer than ten bytes");
    }

    /// Whole numbers of a repeated field: all of them, or one where each is a field of its own.
    void varints(LongConsumer to) {
        if (wire == Wire.VARINT) {
            to.accept(varint());
            return;
        }
        var packed = new Protobuf(bytes());
        while (packed.message.hasRemaining()) {
            to.accept(packed.varint());
        }
    }

    /// Floats of a repeated field, likewise.
    void floats(FloatConsumer to) {
        if (wire == Wire.FIXED_32) {
            to.accept(message.getFloat());
            return;
        }
        var packed = bytes();
        while (packed.hasRemaining()) {
            to.accept(packed.getFloat());
        }
    }

    /// Takes one float after the other.
    @FunctionalInterface
    interface FloatConsumer {
        void accept(float value);
    }

    /// A string, a message, or numbers one after the other.
    ByteBuffer bytes() {
        long length = varint();
        if (length < 0 || length > message.remaining()) {
            throw new IllegalArgumentException(
                    "%d bytes announced, %d left".formatted(length, message.remaining()));
        }
        var bytes = message.slice(message.position(), (int) length);
        message.position(message.position() + (int) length);
        return bytes.order(ByteOrder.LITTLE_ENDIAN);
    }
}

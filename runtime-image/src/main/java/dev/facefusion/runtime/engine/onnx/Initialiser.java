package dev.facefusion.runtime.engine.onnx;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.facefusion.runtime.engine.onnx.Protobuf.Wire;
import dev.facefusion.runtime.models.ModelException;
import java.nio.BufferOverflowException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/// A constant tensor of a model's graph, which ONNX Runtime's Java interface does not show:
/// `TensorProto` of [onnx.proto](https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).
public final class Initialiser {

    /// Fields of the messages.
    private static final int MODEL_GRAPH = 7;

    private static final int GRAPH_INITIALISER = 5;
    private static final int TENSOR_SHAPE = 1;
    private static final int TENSOR_TYPE = 2;
    private static final int TENSOR_FLOATS = 4;
    private static final int TENSOR_INTS = 5;
    private static final int TENSOR_NAME = 8;
    private static final int TENSOR_RAW = 9;
    private static final int TENSOR_LOCATION = 14;

    /// Numbers of the types.
    private static final int FLOAT_32 = 1;

    private static final int FLOAT_16 = 10;

    private final ByteBuffer message;
    private final List<Long> shape = new ArrayList<>();
    private String name = "";
    private int type;
    private boolean external;

    private Initialiser(ByteBuffer message) {
        this.message = message;
        var tensor = new Protobuf(message);
        while (tensor.next()) {
            switch (tensor.field()) {
                case TENSOR_SHAPE -> tensor.varints(shape::add);
                case TENSOR_TYPE -> type = (int) tensor.varint();
                case TENSOR_NAME -> name = UTF_8.decode(tensor.bytes()).toString();
                case TENSOR_LOCATION -> external = tensor.varint() != 0;
                default -> tensor.skip();
            }
        }
    }

    /// All of a model's, in its order; their values are read when they are asked for.
    ///
    /// @param model the file, which must not change as long as they are in use
    /// @throws ModelException if it is not such a file
    public static List<Initialiser> of(byte[] model) {
        try {
            var found = new ArrayList<Initialiser>();
            for (var graph : messages(ByteBuffer.wrap(model), MODEL_GRAPH)) {
                for (var tensor : messages(graph, GRAPH_INITIALISER)) {
                    found.add(new Initialiser(tensor));
                }
            }
            return List.copyOf(found);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new ModelException("not an ONNX model, or one that breaks off", e);
        }
    }

    private static List<ByteBuffer> messages(ByteBuffer message, int field) {
        var found = new ArrayList<ByteBuffer>();
        var fields = new Protobuf(message);
        while (fields.next()) {
            if (fields.field() == field && fields.wire() == Wire.BYTES) {
                found.add(fields.bytes());
            } else {
                fields.skip();
            }
        }
        return found;
    }

    /// Empty if it has none.
    public String name() {
        return name;
    }

    public List<Long> shape() {
        return List.copyOf(shape);
    }

    /// The values, row by row; half floats as floats.
    ///
    /// @throws ModelException if they are of another type, lie in another file, or are not as many
    ///   as the shape says
    public float[] floats() {
        if (external || (type != FLOAT_32 && type != FLOAT_16)) {
            throw new ModelException(
                    "%s has no floats of its own: type %d%s"
                            .formatted(name, type, external ? ", in another file" : ""));
        }
        try {
            long size = shape.stream().reduce(1L, Math::multiplyExact);
            var values = FloatBuffer.allocate(Math.toIntExact(size));
            read(values);
            if (values.hasRemaining()) {
                throw new IllegalArgumentException(values.remaining() + " values are missing");
            }
            return values.array();
        } catch (BufferUnderflowException
                | BufferOverflowException
                | IllegalArgumentException
                | ArithmeticException e) {
            throw new ModelException(
                    "%s has not the values that its shape %s says".formatted(name, shape), e);
        }
    }

    /// ONNX keeps floats as bytes or as floats, and half floats as bytes or, their bits, as whole
    /// numbers.
    private void read(FloatBuffer values) {
        var tensor = new Protobuf(message);
        while (tensor.next()) {
            switch (tensor.field()) {
                case TENSOR_RAW -> readRaw(tensor.bytes(), values);
                case TENSOR_FLOATS -> tensor.floats(values::put);
                case TENSOR_INTS ->
                        tensor.varints(bits -> values.put(Float.float16ToFloat((short) bits)));
                default -> tensor.skip();
            }
        }
    }

    private void readRaw(ByteBuffer raw, FloatBuffer values) {
        while (raw.hasRemaining()) {
            values.put(type == FLOAT_32 ? raw.getFloat() : Float.float16ToFloat(raw.getShort()));
        }
    }
}

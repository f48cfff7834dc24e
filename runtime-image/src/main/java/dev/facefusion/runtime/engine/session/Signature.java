package dev.facefusion.runtime.engine.session;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.facefusion.runtime.models.ModelException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// What a model takes and what it gives, each by the tensor's name and in the model's own order.
public final class Signature {

    /// A dimension that a model leaves open, or of which any size will do.
    public static final long OPEN = -1;

    private final String model;
    private final SequencedMap<String, Kind> inputs;
    private final SequencedMap<String, Kind> outputs;

    private Signature(
            String model, SequencedMap<String, Kind> inputs, SequencedMap<String, Kind> outputs) {
        this.model = model;
        this.inputs = inputs;
        this.outputs = outputs;
    }

    /// What one tensor is.
    ///
    /// @param shape with [#OPEN] for what the model leaves open
    record Kind(OnnxJavaType type, List<Long> shape) {

        private static Kind of(String model, NodeInfo node) {
            if (!(node.getInfo() instanceof TensorInfo info) || info.type == OnnxJavaType.STRING) {
                throw unfit(model, node.getName() + " is no tensor of numbers");
            }
            var shape = Arrays.stream(info.getShape()).map(size -> Math.max(size, OPEN));
            var kind = new Kind(info.type, shape.boxed().toList());
            if (!kind.fitsIntoBuffer()) {
                throw unfit(model, "%s is too large: %s".formatted(node.getName(), kind));
            }
            return kind;
        }

        // In floating point, which does not overflow.
        private boolean fitsIntoBuffer() {
            double values = Arrays.stream(smallest()).asDoubleStream().reduce(1, (a, b) -> a * b);
            return values * type.size <= Integer.MAX_VALUE;
        }

        /// Its shape, where what is left open is one.
        long[] smallest() {
            return shape.stream().mapToLong(size -> Math.max(size, 1)).toArray();
        }

        boolean isOpen() {
            return shape.contains(OPEN);
        }

        private long values() {
            return Arrays.stream(smallest()).reduce(1, Math::multiplyExact);
        }

        private boolean fits(long... expected) {
            boolean fits = type == OnnxJavaType.FLOAT && shape.size() == expected.length;
            for (int i = 0; fits && i < expected.length; i++) {
                fits = expected[i] == OPEN || shape.get(i) == OPEN || shape.get(i) == expected[i];
            }
            return fits;
        }

        @Override
        public String toString() {
            return "%s %s".formatted(type, shape);
        }
    }

    /// @throws ModelException if something that goes in or comes out is no tensor of numbers, or
    ///   one that no buffer can hold
    static Signature of(String model, OrtSession session) throws OrtException {
        return new Signature(
                model, kinds(model, session.getInputInfo()), kinds(model, session.getOutputInfo()));
    }

    private static SequencedMap<String, Kind> kinds(String model, Map<String, NodeInfo> nodes) {
        var kinds = new LinkedHashMap<String, Kind>();
        nodes.forEach((name, node) -> kinds.put(name, Kind.of(model, node)));
        return kinds;
    }

    SequencedMap<String, Kind> inputs() {
        return inputs;
    }

    SequencedMap<String, Kind> outputs() {
        return outputs;
    }

    /// Whether the model takes a tensor of that name.
    public boolean takes(String input) {
        return inputs.containsKey(input);
    }

    /// Whether the model leaves a dimension of that input open.
    public boolean leavesOpen(String input) {
        var kind = inputs.get(input);
        return kind != null && kind.isOpen();
    }

    /// Whether the model takes floats of that shape.
    ///
    /// @param shape with [#OPEN] where any size will do
    public boolean admits(String input, long... shape) {
        var kind = inputs.get(input);
        return kind != null && kind.fits(shape);
    }

    /// Checks what the model takes.
    ///
    /// @param shape with [#OPEN] where any size will do
    /// @throws ModelException if it has no such input of floats of that shape
    public void requireInput(String input, long... shape) {
        if (!admits(input, shape)) {
            throw unfit("input " + input, floats(shape), inputs);
        }
    }

    /// Checks what the model gives.
    ///
    /// @param place in the model's order, from 0
    /// @param shape with [#OPEN] where any size will do
    /// @throws ModelException if it has no such output of floats of that shape
    public void requireOutput(int place, long... shape) {
        if (place >= outputs.size() || !output(place).fits(shape)) {
            throw unfit("output " + place, floats(shape), outputs);
        }
    }

    /// Checks what the model gives under a name.
    ///
    /// @param shape with [#OPEN] where any size will do
    /// @throws ModelException if it has no such output of floats of that shape
    public void requireOutput(String output, long... shape) {
        var kind = outputs.get(output);
        if (kind == null || !kind.fits(shape)) {
            throw unfit("output " + output, floats(shape), outputs);
        }
    }

    /// Checks that an output has so many values, whatever its shape.
    ///
    /// @param place in the model's order, from 0
    /// @throws ModelException if it has no such output of floats
    public void requireValues(int place, long count) {
        if (place >= outputs.size()
                || output(place).type() != OnnxJavaType.FLOAT
                || output(place).values() != count) {
            throw unfit("output " + place, "%d of FLOAT".formatted(count), outputs);
        }
    }

    /// Checks that an output is one whole number.
    ///
    /// @param place in the model's order, from 0
    /// @throws ModelException if it is not
    public void requireIndex(int place) {
        if (place >= outputs.size() || !isIndex(output(place))) {
            throw unfit("output " + place, "one whole number", outputs);
        }
    }

    private static boolean isIndex(Kind kind) {
        return switch (kind.type()) {
            case INT32, INT64 -> kind.values() == 1;
            default -> false;
        };
    }

    private Kind output(int place) {
        return List.copyOf(outputs.values()).get(place);
    }

    private static String floats(long... shape) {
        return "%s %s".formatted(OnnxJavaType.FLOAT, Arrays.toString(shape));
    }

    private ModelException unfit(String what, String expected, Map<String, Kind> found) {
        return unfit(model, "%s is expected as %s, found: %s".formatted(what, expected, found));
    }

    private static ModelException unfit(String model, String reason) {
        return new ModelException(
                "%s is not the model that its name says: %s. Restore it, or name it otherwise."
                        .formatted(model, reason));
    }

    @Override
    public String toString() {
        return "%s to %s".formatted(inputs, outputs);
    }
}

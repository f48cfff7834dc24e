package dev.facefusion.runtime.engine.session;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.lang.foreign.Arena;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;

/// One loaded model, for one thread.
///
/// Inputs and outputs lie in native memory that is allocated once; a dynamic dimension is one.
/// Nothing is allocated per run but a few small objects. Tensors of 32-bit floats are read and
/// written in place; a scalar of another type is given by [#scalar], whole numbers are read by
/// [#longs].
public final class ModelSession implements AutoCloseable {

    /// What ONNX Runtime's kernels like best.
    private static final int ALIGNMENT_BYTES = 64;

    private final String name;
    private final OrtSession session;
    private final RunControl control;
    private final Arena memory = Arena.ofShared();
    private final Map<String, OnnxTensor> inputs = new HashMap<>();
    private final Map<String, OnnxTensor> outputs = new HashMap<>();
    private final Map<String, Tensor> given = new LinkedHashMap<>();
    private final Map<String, Tensor> results = new LinkedHashMap<>();

    private ModelSession(
            String name, OrtEnvironment environment, OrtSession session, RunControl control)
            throws OrtException {
        this.name = name;
        this.session = session;
        this.control = control;
        for (var in : session.getInputInfo().entrySet()) {
            given.put(in.getKey(), bind(environment, in.getKey(), in.getValue(), inputs));
        }
        for (var out : session.getOutputInfo().entrySet()) {
            results.put(out.getKey(), bind(environment, out.getKey(), out.getValue(), outputs));
        }
    }

    static ModelSession load(
            String name,
            byte[] model,
            OrtEnvironment environment,
            OrtSession.SessionOptions options,
            RunControl control)
            throws OrtException {
        var session = environment.createSession(model, options);
        try {
            return new ModelSession(name, environment, session, control);
        } catch (OrtException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private Tensor bind(
            OrtEnvironment environment, String tensor, NodeInfo info, Map<String, OnnxTensor> to)
            throws OrtException {
        var described = (TensorInfo) info.getInfo();
        var shape = described.getShape().clone();
        long size = 1;
        for (int i = 0; i < shape.length; i++) {
            shape[i] = Math.max(shape[i], 1);
            size *= shape[i];
        }
        var buffer =
                memory.allocate(size * described.type.size, ALIGNMENT_BYTES)
                        .asByteBuffer()
                        .order(ByteOrder.nativeOrder());
        to.put(tensor, OnnxTensor.createTensor(environment, buffer, shape, described.type));
        return new Tensor(described.type, List.of(boxed(shape)), buffer);
    }

    private static Long[] boxed(long[] shape) {
        return Arrays.stream(shape).boxed().toArray(Long[]::new);
    }

    NodePlacement placement() {
        return NodePlacement.of(session);
    }

    Optional<ArenaFigures> arena(ExecutionProvider provider) {
        return ArenaFigures.of(session, provider);
    }

    /// The inputs' names and shapes, in the model's order.
    public Map<String, List<Long>> inputs() {
        return shapes(given);
    }

    /// The outputs' names and shapes, in the model's order.
    public Map<String, List<Long>> outputs() {
        return shapes(results);
    }

    private static Map<String, List<Long>> shapes(Map<String, Tensor> tensors) {
        var shapes = new LinkedHashMap<String, List<Long>>();
        tensors.forEach((tensor, memory) -> shapes.put(tensor, memory.shape()));
        return Collections.unmodifiableMap(shapes);
    }

    /// An input's values, to be written in the model's layout; they stay for the next run.
    ///
    /// @throws SessionException if the model has no such input of floats
    public FloatBuffer input(String tensor) {
        return find(given, tensor, "input").floats(name, tensor);
    }

    /// Sets an input of one number, whatever its type.
    ///
    /// @throws SessionException if the model has no such input
    public void scalar(String tensor, double value) {
        find(given, tensor, "input").scalar(name, tensor, value);
    }

    /// Runs the model on what its inputs hold.
    ///
    /// @throws CancellationException if the task was cancelled before the run was over; the next
    ///   task's runs are as good as ever
    /// @throws NonFiniteOutputException if an output holds NaN or an infinity
    public void run() {
        try {
            session.run(inputs, Set.of(), outputs, control.options()).close();
            control.ran();
        } catch (OrtException e) {
            if (control.cancelled()) {
                throw new CancellationException("%s was stopped".formatted(name));
            }
            throw new SessionException("%s did not run".formatted(name), e);
        }
        results.forEach((tensor, values) -> {
            if (values.type() == OnnxJavaType.FLOAT) {
                requireFinite(tensor, values.floats(name, tensor));
            }
        });
    }

    /// Runs a model of one input of floats.
    ///
    /// @param values as many as the input takes, in the model's layout
    public void run(float[] values) {
        input(given.keySet().iterator().next()).put(0, values);
        run();
    }

    /// Runs the model on zeros.
    void warmUp() {
        given.values().forEach(Tensor::clear);
        run();
    }

    // Some hundred thousand values at most: a fraction of what the run took.
    private void requireFinite(String tensor, FloatBuffer values) {
        // What is finite leaves 0 behind, everything else NaN.
        float sum = 0;
        for (int i = 0; i < values.capacity(); i++) {
            sum += values.get(i) * 0;
        }
        if (sum != 0) {
            throw new NonFiniteOutputException(name, tensor);
        }
    }

    /// An output of the last run; the next run overwrites it.
    ///
    /// @throws SessionException if the model has no such output of floats
    public FloatBuffer output(String tensor) {
        return find(results, tensor, "output").floats(name, tensor);
    }

    /// The output at this place of the model's order, from 0.
    ///
    /// @throws SessionException if the model has fewer, or it is not one of floats
    public FloatBuffer output(int place) {
        return output(outputName(place));
    }

    /// The output of whole numbers at this place of the model's order, from 0.
    ///
    /// @throws SessionException if the model has fewer, or it is not one of whole numbers
    public long[] longs(int place) {
        var tensor = outputName(place);
        return find(results, tensor, "output").longs(name, tensor);
    }

    private String outputName(int place) {
        if (place >= results.size()) {
            throw new SessionException(
                    "%s has only the outputs %s".formatted(name, results.keySet()));
        }
        return List.copyOf(results.keySet()).get(place);
    }

    private Tensor find(Map<String, Tensor> tensors, String tensor, String kind) {
        var found = tensors.get(tensor);
        if (found == null) {
            throw new SessionException(
                    "%s has no %s %s, only %s".formatted(name, kind, tensor, tensors.keySet()));
        }
        return found;
    }

    /// Frees the model. It must not be running: ONNX Runtime does not survive that.
    @Override
    public void close() {
        outputs.values().forEach(OnnxTensor::close);
        inputs.values().forEach(OnnxTensor::close);
        try {
            session.close();
        } catch (OrtException e) {
            throw new SessionException("%s cannot be closed".formatted(name), e);
        } finally {
            memory.close();
        }
    }
}

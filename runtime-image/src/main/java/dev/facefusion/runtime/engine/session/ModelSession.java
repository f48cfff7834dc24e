package dev.facefusion.runtime.engine.session;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;

/// One loaded model with one float input, for one thread.
///
/// Input and outputs lie in native memory that is allocated once; a dynamic batch is one. Nothing
/// is allocated per run but a few small objects.
public final class ModelSession implements AutoCloseable {

    /// What ONNX Runtime's kernels like best.
    private static final int ALIGNMENT_BYTES = 64;

    private final String name;
    private final OrtSession session;
    private final RunControl control;
    private final Arena memory = Arena.ofShared();
    private final Map<String, OnnxTensor> inputs = new HashMap<>();
    private final Map<String, OnnxTensor> outputs = new HashMap<>();
    private final Map<String, FloatBuffer> results = new HashMap<>();
    private final FloatBuffer input;

    private ModelSession(
            String name, OrtEnvironment environment, OrtSession session, RunControl control)
            throws OrtException {
        this.name = name;
        this.session = session;
        this.control = control;
        var in = session.getInputInfo().entrySet().iterator().next();
        input = bind(environment, in.getKey(), in.getValue(), inputs);
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

    private FloatBuffer bind(
            OrtEnvironment environment, String tensor, NodeInfo info, Map<String, OnnxTensor> to)
            throws OrtException {
        var shape = ((TensorInfo) info.getInfo()).getShape().clone();
        long size = 1;
        for (int i = 0; i < shape.length; i++) {
            shape[i] = Math.max(shape[i], 1);
            size *= shape[i];
        }
        var buffer =
                memory.allocate(size * ValueLayout.JAVA_FLOAT.byteSize(), ALIGNMENT_BYTES)
                        .asByteBuffer()
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
        to.put(tensor, OnnxTensor.createTensor(environment, buffer, shape));
        return buffer;
    }

    NodePlacement placement() {
        return NodePlacement.of(session);
    }

    Optional<ArenaFigures> arena(ExecutionProvider provider) {
        return ArenaFigures.of(session, provider);
    }

    /// How many floats the input takes.
    public int inputSize() {
        return input.capacity();
    }

    /// Runs the model.
    ///
    /// @param values as many as the input takes, in the model's layout
    /// @throws CancellationException if the task was cancelled before the run was over; the next
    ///   task's runs are as good as ever
    /// @throws NonFiniteOutputException if an output holds NaN or an infinity
    public void run(float[] values) {
        input.put(0, values);
        try {
            session.run(inputs, Set.of(), outputs, control.options()).close();
            control.ran();
        } catch (OrtException e) {
            if (control.cancelled()) {
                throw new CancellationException("%s was stopped".formatted(name));
            }
            throw new SessionException("%s did not run".formatted(name), e);
        }
        results.forEach(this::requireFinite);
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
    public FloatBuffer output(String tensor) {
        var result = results.get(tensor);
        if (result == null) {
            throw new SessionException(
                    "%s has no output %s, only %s".formatted(name, tensor, results.keySet()));
        }
        return result;
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

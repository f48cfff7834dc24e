package dev.facefusion.runtime.engine.session;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.facefusion.runtime.models.ModelException;
import java.lang.foreign.Arena;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;

/// One loaded model, for one thread.
///
/// Inputs and outputs lie in native memory that is allocated once; a dimension that the model
/// leaves open is one unless [#reshape] says otherwise. Nothing is allocated per run but a few
/// small objects, and the outputs whose size only the run tells. Tensors of 32-bit floats are read
/// and written in place; a scalar of another type is given by [#scalar], whole numbers are read by
/// [#longs].
public final class ModelSession implements AutoCloseable {

    /// What ONNX Runtime's kernels like best.
    private static final int ALIGNMENT_BYTES = 64;

    private final String name;
    private final OrtEnvironment environment;
    private final SharedSession shared;
    private final Signature signature;
    private final RunControl control;
    private final Arena memory = Arena.ofShared();
    private final Map<String, OnnxTensor> inputs = new HashMap<>();
    private final Map<String, OnnxTensor> outputs = new HashMap<>();
    private final Map<String, Tensor> given = new LinkedHashMap<>();
    private final Map<String, Tensor> results = new LinkedHashMap<>();
    // Inputs of shapes that were in use before.
    private final Map<Shaped, Bound> shelf = new HashMap<>();
    // Outputs that the run allocates.
    private final Set<String> unbound = new HashSet<>();

    private ModelSession(
            String name,
            OrtEnvironment environment,
            SharedSession shared,
            Signature signature,
            RunControl control)
            throws OrtException {
        this.name = name;
        this.environment = environment;
        this.shared = shared;
        this.signature = signature;
        this.control = control;
        for (var in : signature.inputs().entrySet()) {
            given.put(in.getKey(), bind(in.getKey(), in.getValue(), inputs));
        }
        for (var out : signature.outputs().entrySet()) {
            results.put(out.getKey(), bind(out.getKey(), out.getValue(), outputs));
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
            return new ModelSession(
                    name,
                    environment,
                    new SharedSession(session),
                    Signature.of(name, session),
                    control);
        } catch (OrtException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /// The same model for another thread, with inputs and outputs of its own.
    ///
    /// @throws SessionException if there is no memory for them
    ModelSession twin(RunControl others) {
        try {
            return new ModelSession(name, environment, shared.join(), signature, others);
        } catch (OrtException e) {
            throw new SessionException("%s cannot be shared".formatted(name), e);
        }
    }

    /// What the model takes and gives.
    public Signature signature() {
        return signature;
    }

    private OrtSession session() {
        return shared.session();
    }

    private record Shaped(String tensor, List<Long> shape) {}

    private record Bound(Tensor memory, OnnxTensor value) {}

    private Tensor bind(String tensor, Signature.Kind kind, Map<String, OnnxTensor> to)
            throws OrtException {
        return bind(tensor, kind.type(), kind.smallest(), to);
    }

    private Tensor bind(String tensor, OnnxJavaType type, long[] shape, Map<String, OnnxTensor> to)
            throws OrtException {
        long size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        var buffer =
                memory.allocate(size * type.size, ALIGNMENT_BYTES)
                        .asByteBuffer()
                        .order(ByteOrder.nativeOrder());
        to.put(tensor, OnnxTensor.createTensor(environment, buffer, shape, type));
        return new Tensor(type, sizes(shape), buffer);
    }

    private static List<Long> sizes(long[] shape) {
        return Arrays.stream(shape).boxed().toList();
    }

    /// Gives an input that the model leaves open another shape; a former one comes back without a
    /// new allocation. Outputs that the model leaves open have from then on the sizes that the runs
    /// tell.
    ///
    /// @throws ModelException if the model does not leave it open
    public void reshape(String tensor, long... shape) {
        signature.requireInput(tensor, shape);
        try {
            reshaped(tensor, find(given, tensor, "input"), sizes(shape));
            for (var out : signature.outputs().entrySet()) {
                if (out.getValue().isOpen() && unbound.add(out.getKey())) {
                    held(outputs, out.getKey()).close();
                    outputs.remove(out.getKey());
                }
            }
        } catch (OrtException e) {
            throw new SessionException("%s cannot be reshaped".formatted(name), e);
        }
    }

    private void reshaped(String tensor, Tensor now, List<Long> shape) throws OrtException {
        if (now.shape().equals(shape)) {
            return;
        }
        shelf.put(new Shaped(tensor, now.shape()), new Bound(now, held(inputs, tensor)));
        var before = shelf.remove(new Shaped(tensor, shape));
        if (before == null) {
            var sizes = shape.stream().mapToLong(Long::longValue).toArray();
            given.put(tensor, bind(tensor, now.type(), sizes, inputs));
        } else {
            given.put(tensor, before.memory());
            inputs.put(tensor, before.value());
        }
    }

    private static OnnxTensor held(Map<String, OnnxTensor> tensors, String tensor) {
        return Objects.requireNonNull(tensors.get(tensor));
    }

    NodePlacement placement() {
        return NodePlacement.of(session());
    }

    Optional<ArenaFigures> arena(ExecutionProvider provider) {
        return ArenaFigures.of(session(), provider);
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
        try (var result = session().run(inputs, unbound, outputs, control.options())) {
            for (var tensor : unbound) {
                keep(tensor, (OnnxTensor) result.get(tensor).orElseThrow());
            }
            control.ran();
        } catch (OrtException e) {
            if (control.cancelled()) {
                throw new CancellationException("%s was stopped".formatted(name));
            }
            throw new SessionException("%s did not run".formatted(name), e);
        }
        results.forEach((tensor, values) -> {
            if (!values.isFinite()) {
                throw new NonFiniteOutputException(name, tensor);
            }
        });
    }

    private void keep(String tensor, OnnxTensor values) {
        var info = values.getInfo();
        results.put(tensor, new Tensor(info.type, sizes(info.getShape()), values.getByteBuffer()));
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
        shelf.values().forEach(bound -> bound.value().close());
        try {
            shared.leave();
        } catch (OrtException e) {
            throw new SessionException("%s cannot be closed".formatted(name), e);
        } finally {
            memory.close();
        }
    }
}

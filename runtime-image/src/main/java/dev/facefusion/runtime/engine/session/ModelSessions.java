package dev.facefusion.runtime.engine.session;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.facefusion.runtime.engine.session.ExecutionReport.Refusal;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.engine.stage.StageListener;
import dev.facefusion.runtime.models.ModelException;
import dev.facefusion.runtime.models.ModelStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Several models loaded on the same execution provider.
public final class ModelSessions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ModelSessions.class);

    private final Map<String, ModelSession> sessions;
    private final RunControl control;
    private final ExecutionReport execution;

    private ModelSessions(
            Map<String, ModelSession> sessions, RunControl control, ExecutionReport execution) {
        this.sessions = sessions;
        this.control = control;
        this.execution = execution;
    }

    /// The time of one task.
    public interface Attendance extends AutoCloseable {

        /// Whoever was told is told no more.
        @Override
        void close();
    }

    /// Loads the models on the first of the preferred providers that takes all of them, and on the
    /// CPU if none does.
    ///
    /// @throws ModelException if a file is missing or no longer intact, or the CPU does not take it
    /// @throws SessionException if ONNX Runtime itself cannot work
    public static ModelSessions open(
            ModelStore models, List<String> names, ExecutionSettings settings) {
        var environment = OnnxRuntime.environment(settings.threads());
        var refusals = new ArrayList<Refusal>();
        for (var provider : settings.providers()) {
            if (provider == ExecutionProvider.CPU) {
                break;
            }
            try {
                return load(models, names, environment, settings, provider, refusals);
            } catch (OrtException | RefusedException e) {
                var refusal = new Refusal(provider, String.valueOf(e.getMessage()));
                LOG.atWarn()
                        .addKeyValue("provider", provider.id())
                        .addKeyValue("reason", refusal.reason())
                        .log("The models do not run where it was asked for");
                refusals.add(refusal);
            }
        }
        try {
            return load(models, names, environment, settings, ExecutionProvider.CPU, refusals);
        } catch (RefusedException e) {
            throw new ModelException(
                    "ONNX Runtime cannot open a model, restore it: " + e.getMessage(), e);
        } catch (OrtException e) {
            throw new SessionException("the models cannot be loaded: " + e.getMessage(), e);
        }
    }

    private static ModelSessions load(
            ModelStore models,
            List<String> names,
            OrtEnvironment environment,
            ExecutionSettings settings,
            ExecutionProvider provider,
            List<Refusal> refusals)
            throws OrtException, RefusedException {
        var sessions = new LinkedHashMap<String, ModelSession>();
        var loaded = new LinkedHashMap<String, LoadedModel>();
        var control = new RunControl();
        try (var options = options(provider, settings)) {
            for (var name : names) {
                long start = System.nanoTime();
                var session = load(name, models.bytes(name), environment, options, control);
                sessions.put(name, session);
                var time = Duration.ofNanos(System.nanoTime() - start);
                loaded.put(name, new LoadedModel(placement(name, session, provider), time));
            }
        } catch (OrtException | RefusedException | RuntimeException e) {
            sessions.values().forEach(ModelSession::close);
            control.close();
            throw e;
        }
        return new ModelSessions(
                sessions,
                control,
                new ExecutionReport(settings.providers(), provider, refusals, loaded));
    }

    private static ModelSession load(
            String name,
            byte[] model,
            OrtEnvironment environment,
            SessionOptions options,
            RunControl control)
            throws RefusedException {
        try {
            return ModelSession.load(name, model, environment, options, control);
        } catch (OrtException e) {
            throw new RefusedException(name, e);
        }
    }

    /// The same models for another thread, with memory of its own for what goes in and out; empty
    /// on a GPU, where concurrent runs of one session can corrupt each other (onnxruntime issue
    /// 32342).
    ///
    /// @throws SessionException if there is no memory for it
    public Optional<ModelSessions> twin() {
        if (execution.active() != ExecutionProvider.CPU) {
            return Optional.empty();
        }
        var twins = new LinkedHashMap<String, ModelSession>();
        try {
            var control = new RunControl();
            sessions.forEach((name, session) -> twins.put(name, session.twin(control)));
            return Optional.of(new ModelSessions(twins, control, execution));
        } catch (OrtException e) {
            throw new SessionException("the models cannot be shared", e);
        }
    }

    private static NodePlacement placement(
            String name, ModelSession session, ExecutionProvider provider) throws RefusedException {
        var placement = session.placement();
        if (!placement.isWhollyOn(provider)) {
            throw new RefusedException(
                    "%s: its nodes were placed on %s".formatted(name, placement.nodes()));
        }
        return placement;
    }

    /// A provider did not take a model, or left some of it, or all, to another one.
    private static final class RefusedException extends Exception {
        private RefusedException(String message) {
            super(message);
        }

        private RefusedException(String model, OrtException cause) {
            super("%s: %s".formatted(model, cause.getMessage()), cause);
        }
    }

    private static SessionOptions options(ExecutionProvider provider, ExecutionSettings settings)
            throws OrtException {
        var options = new SessionOptions();
        try {
            options.disablePerSessionThreads();
            // With it, runs from changing threads leak device memory (onnxruntime issue 29351).
            options.setMemoryPatternOptimization(false);
            options.addConfigEntry(NodePlacement.RECORDING, "1");
            new ProviderOptions(settings.accelerator()).addTo(options, provider);
            return options;
        } catch (OrtException | RuntimeException e) {
            options.close();
            throw e;
        }
    }

    public ModelSession get(String name) {
        var session = sessions.get(name);
        if (session == null) {
            throw new IllegalArgumentException("not loaded: " + name);
        }
        return session;
    }

    /// The models' names.
    public Set<String> names() {
        return Set.copyOf(sessions.keySet());
    }

    public ExecutionReport execution() {
        return execution;
    }

    /// The memory of each model whose allocator keeps figures, by the model's name. On the thread
    /// that runs the models, so that none is closed meanwhile.
    public Map<String, ArenaFigures> arenas() {
        var arenas = new LinkedHashMap<String, ArenaFigures>();
        sessions.forEach((name, session) ->
                session.arena(execution.active()).ifPresent(figures -> arenas.put(name, figures)));
        return arenas;
    }

    /// Runs every model once, on zeros.
    public void warmUp() {
        sessions.values().forEach(ModelSession::warmUp);
    }

    /// Has the models' runs belong to a task until the result is closed, on the thread that runs
    /// them: the listener hears of every run, and the cancellation stops the one under way within
    /// the next node of its graph.
    public Attendance during(StageListener listener, Cancellation cancellation) {
        return control.attend(listener, cancellation);
    }

    /// Frees all models; none may be running.
    @Override
    public void close() {
        sessions.values().forEach(ModelSession::close);
        control.close();
    }
}

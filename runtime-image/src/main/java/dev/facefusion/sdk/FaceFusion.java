package dev.facefusion.sdk;

import dev.facefusion.runtime.audit.AuditLog;
import dev.facefusion.runtime.config.ConfigException;
import dev.facefusion.runtime.config.Environment;
import dev.facefusion.runtime.engine.EnginePlan;
import dev.facefusion.runtime.engine.ModelDemand;
import dev.facefusion.runtime.engine.Pipeline;
import dev.facefusion.runtime.engine.SourceCache;
import dev.facefusion.runtime.engine.Surroundings;
import dev.facefusion.runtime.engine.media.ffmpeg.InstalledFfmpeg;
import dev.facefusion.runtime.engine.session.ExecutionProvider;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.models.ModelException;
import dev.facefusion.runtime.models.ModelStore;
import dev.facefusion.runtime.option.BadOptionException;
import dev.facefusion.runtime.option.OptionValues;
import dev.facefusion.runtime.provenance.Marker;
import dev.facefusion.runtime.provenance.Release;
import dev.facefusion.runtime.server.RuntimeConfig;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// An engine with its models, for one task after the other. Any thread may use it; the tasks run on
/// a thread of its own, in the order in which they are started. Open several for several at once.
public final class FaceFusion implements AutoCloseable {

    private final ExecutorService thread;
    private final EngineRoom room;

    private FaceFusion(ExecutorService thread, EngineRoom room) {
        this.thread = thread;
        this.room = room;
    }

    /// Loads the models.
    ///
    /// @throws ConfigException if a setting cannot be used
    /// @throws ModelException if a model is missing, not intact, or left out by its licence
    public static FaceFusion open(Setup setup) {
        return open(setup, ModelDemand.preferred());
    }

    /// Loads the models, among them those that tasks will ask for by name.
    ///
    /// @param wanted names of models; of each role the preferred one is loaded in any case
    /// @throws ConfigException if a setting cannot be used
    /// @throws ModelException if a model is missing, not intact, or left out by its licence
    public static FaceFusion open(Setup setup, Set<String> wanted) {
        return open(setup, ModelDemand.preferring(wanted));
    }

    /// Loads only the models that tasks with these options need. Another task may need more, and is
    /// [refused][Result.Unavailable] then.
    ///
    /// @throws ConfigException if a setting cannot be used
    /// @throws ModelException if a model is missing, not intact, or left out by its licence
    /// @throws BadOptionException if two of the options contradict each other
    public static FaceFusion open(Setup setup, OptionValues options) {
        return open(setup, ModelDemand.of(options.toSwapOptions()));
    }

    private static FaceFusion open(Setup setup, ModelDemand demand) {
        var config = RuntimeConfig.from(setup.environment());
        var thread =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("facefusion-", 0).factory());
        try {
            var models = ModelStore.open(config.models(), demand::from);
            var audit = AuditLog.open(config.audit(), InstantSource.system());
            var ffmpeg = InstalledFfmpeg.on(searchPath(setup.environment()));
            var surroundings =
                    new Surroundings(
                            SourceCache.open(config.sources(), System::nanoTime),
                            0,
                            config.label().label(),
                            config.detectEvery(),
                            ffmpeg);
            var engine =
                    get(
                            thread,
                            () ->
                                    new EnginePlan(models, config.execution(), surroundings, demand)
                                            .open());
            var marker =
                    new Marker(
                            config.provenance(),
                            InstantSource.system(),
                            new CompositeMeterRegistry());
            return new FaceFusion(
                    thread,
                    new EngineRoom(
                            engine,
                            workers(engine, config.execution().threads()),
                            Release.of(marker, audit, models.digests()),
                            ffmpeg));
        } catch (RuntimeException e) {
            thread.shutdownNow();
            throw e;
        }
    }

    /// Carries out a task, and returns when it ended.
    ///
    /// @throws BadOptionException if two of its options contradict each other
    /// @throws UncheckedIOException if a file cannot be read or written
    public Result process(SwapTask task) {
        return start(task, ProgressListener.NONE).await();
    }

    /// Begins a task as soon as those before it ended.
    ///
    /// @throws BadOptionException if two of its options contradict each other
    public RunningTask start(SwapTask task, ProgressListener listener) {
        var _ = task.options().toSwapOptions();
        var _ = task.options().toVideoOptions();
        var cancellation = new Cancellation();
        return new RunningTask(
                thread.submit(() -> room.run(task, listener, cancellation)), cancellation);
    }

    /// Frees the models, after the tasks that were started ended.
    @Override
    public void close() {
        thread.execute(room.engine()::close);
        thread.close();
        room.release().audit().close();
    }

    /// Frames at once: more engines than cores only wait, and on a GPU each takes its memory again.
    private static int workers(Pipeline engine, int threads) {
        return engine.execution().active() == ExecutionProvider.CPU
                ? Math.min(threads, Runtime.getRuntime().availableProcessors())
                : 1;
    }

    private static String searchPath(Environment environment) {
        return environment.text("PATH").or(() -> Environment.ofProcess().text("PATH")).orElse("");
    }

    private static <T> T get(ExecutorService thread, Callable<T> work) {
        try {
            return thread.submit(work).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the models were loaded", e);
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case RuntimeException cause -> cause;
                case OutOfMemoryError full -> throw full;
                case null, default ->
                        new IllegalStateException("the models cannot be loaded", e.getCause());
            };
        }
    }
}

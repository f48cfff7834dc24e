package dev.facefusion.sdk;

import dev.facefusion.runtime.audit.AuditEvent;
import dev.facefusion.runtime.audit.AuditLog;
import dev.facefusion.runtime.config.ConfigException;
import dev.facefusion.runtime.engine.Engine;
import dev.facefusion.runtime.engine.Pipeline;
import dev.facefusion.runtime.engine.SourceCache;
import dev.facefusion.runtime.engine.SwapOutcome;
import dev.facefusion.runtime.engine.SwapRequest;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.models.ModelException;
import dev.facefusion.runtime.models.ModelStore;
import dev.facefusion.runtime.option.BadOptionException;
import dev.facefusion.runtime.option.TaskOptions;
import dev.facefusion.runtime.provenance.Marker;
import dev.facefusion.runtime.provenance.Release;
import dev.facefusion.runtime.server.RuntimeConfig;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// An engine with its models, for one task after the other. Any thread may use it; the tasks run on
/// a thread of its own, in the order in which they are started. Open several for several at once.
public final class FaceFusion implements AutoCloseable {

    private final ExecutorService thread;
    private final Engine engine;
    private final Release release;

    private FaceFusion(ExecutorService thread, Engine engine, Release release) {
        this.thread = thread;
        this.engine = engine;
        this.release = release;
    }

    /// Loads the models.
    ///
    /// @throws ConfigException if a setting cannot be used
    /// @throws ModelException if a model is missing, not intact, or left out by its licence
    public static FaceFusion open(Setup setup) {
        return open(setup, Set.of());
    }

    /// Loads the models, among them those that tasks will ask for by name.
    ///
    /// @param wanted names of models; of each role the preferred one is loaded in any case
    /// @throws ConfigException if a setting cannot be used
    /// @throws ModelException if a model is missing, not intact, or left out by its licence
    public static FaceFusion open(Setup setup, Set<String> wanted) {
        var config = RuntimeConfig.from(setup.environment());
        var thread =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("facefusion-", 0).factory());
        try {
            var models = ModelStore.open(config.models());
            var surroundings =
                    new Pipeline.Surroundings(
                            SourceCache.open(config.sources(), System::nanoTime),
                            0,
                            config.label().label());
            var engine =
                    get(
                            thread,
                            () -> Pipeline.open(models, config.execution(), surroundings, wanted));
            var marker =
                    new Marker(
                            config.provenance(),
                            InstantSource.system(),
                            new CompositeMeterRegistry());
            var audit = AuditLog.open(config.audit(), InstantSource.system());
            return new FaceFusion(thread, engine, Release.of(marker, audit, models.digests()));
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
        var format = OutputEnding.of(task.output());
        var options = task.options().with(TaskOptions.OUTPUT_FORMAT, format).toSwapOptions();
        // Nobody looks at the sources of a task that does not swap.
        var sources = task.sources().isEmpty() ? List.of(task.target()) : task.sources();
        var request = new SwapRequest(sources, task.target(), options);
        var cancellation = new Cancellation();
        return new RunningTask(
                thread.submit(() -> run(task, request, listener, cancellation)), cancellation);
    }

    private Result run(
            SwapTask task,
            SwapRequest request,
            ProgressListener listener,
            Cancellation cancellation) {
        var id = UUID.randomUUID().toString();
        audit(id, task, request);
        try {
            return switch (engine.swap(request, listener::finished, cancellation)) {
                case SwapOutcome.Swapped swapped -> {
                    var format = swapped.format().mediaType();
                    WholeFile.write(task.output(), release.picture(swapped.image(), format, id));
                    yield new Result.Done(
                            task.output(),
                            id,
                            swapped.width(),
                            swapped.height(),
                            swapped.targetFaces(),
                            swapped.elapsed());
                }
                case SwapOutcome.NoFace(var input) -> {
                    release.nothing(id, "no_face");
                    yield new Result.NoFace(input);
                }
                case SwapOutcome.BadMedia(var input, _, var detail) -> {
                    release.nothing(id, "bad_media");
                    yield new Result.Unusable(input, detail);
                }
                case SwapOutcome.BadOption(var option, var expected) -> {
                    release.nothing(id, "bad_option");
                    yield new Result.Unavailable(option, expected);
                }
            };
        } catch (CancellationException _) {
            return new Result.Cancelled();
        }
    }

    private void audit(String id, SwapTask task, SwapRequest request) {
        if (release.audit().kept()) {
            release.audit()
                    .write(
                            new AuditEvent.Requested(
                                    id,
                                    task.sources().stream().map(FaceFusion::sha256).toList(),
                                    sha256(task.target()),
                                    request.options().toString(),
                                    task.consent().orElse(null)));
        }
    }

    private static String sha256(Path file) {
        try {
            return Release.sha256(file);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read".formatted(file), e);
        }
    }

    /// Frees the models, after the tasks that were started ended.
    @Override
    public void close() {
        thread.execute(engine::close);
        thread.close();
        release.audit().close();
    }

    private static <T> T get(ExecutorService thread, Callable<T> work) {
        try {
            return thread.submit(work).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the models were loaded", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException("the models cannot be loaded", e.getCause());
        }
    }
}

package dev.facefusion.runtime.server;

import dev.facefusion.runtime.audit.AuditLog;
import dev.facefusion.runtime.config.ConfigException;
import dev.facefusion.runtime.drift.Baseline;
import dev.facefusion.runtime.drift.QualityWatch;
import dev.facefusion.runtime.drift.SelfTest;
import dev.facefusion.runtime.engine.Engine;
import dev.facefusion.runtime.engine.SourceCache;
import dev.facefusion.runtime.engine.Surroundings;
import dev.facefusion.runtime.engine.media.ffmpeg.FfmpegException;
import dev.facefusion.runtime.engine.media.ffmpeg.InstalledFfmpeg;
import dev.facefusion.runtime.engine.session.ExecutionProvider;
import dev.facefusion.runtime.engine.session.ExecutionReport;
import dev.facefusion.runtime.engine.session.SessionException;
import dev.facefusion.runtime.engine.video.VideoEngine;
import dev.facefusion.runtime.health.EngineFigures;
import dev.facefusion.runtime.health.RuntimeLife;
import dev.facefusion.runtime.management.ModelReload;
import dev.facefusion.runtime.metrics.RuntimeMetrics;
import dev.facefusion.runtime.models.ModelException;
import dev.facefusion.runtime.models.ModelStore;
import dev.facefusion.runtime.provenance.Marker;
import dev.facefusion.runtime.provenance.Release;
import dev.facefusion.runtime.queue.Checks;
import dev.facefusion.runtime.queue.EngineSupply;
import dev.facefusion.runtime.queue.OpenEngine;
import dev.facefusion.runtime.queue.TaskQueue;
import dev.facefusion.runtime.queue.UnfitEngineException;
import dev.facefusion.runtime.queue.WorkerPool;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The models that serve, and the workers that run them: those of the start, and others in their
/// place when somebody asks for it.
///
/// A reload reads the model directories again and opens engines of what is there beside those that
/// serve. Only when they have run once and passed the self-test do they take over, each between two
/// tasks. Whatever is wrong with them, those from before serve on.
final class ServedModels implements ModelReload {

    private static final Logger log = LoggerFactory.getLogger(ServedModels.class);

    private final RuntimeConfig config;
    private final Function<EngineParts, Supplier<Engine>> engines;
    private final Witnesses witnesses;
    private final TaskQueue queue;
    private final SourceCache sources;
    private final AuditLog audit;
    private final InstalledFfmpeg ffmpeg;
    // Empty where there is no ffmpeg, and until the first models are read.
    private final AtomicReference<Optional<VideoEngine>> videos =
            new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<WorkerPool>> workers =
            new AtomicReference<>(Optional.empty());
    private CompletableFuture<Outcome> reload =
            CompletableFuture.completedFuture(new Outcome.None());

    /// Nothing is read yet.
    ///
    /// @param engines makes what opens one engine
    ServedModels(
            RuntimeConfig config,
            Function<EngineParts, Supplier<Engine>> engines,
            Witnesses witnesses,
            TaskQueue queue,
            SourceCache sources,
            AuditLog audit) {
        this.config = config;
        this.ffmpeg = InstalledFfmpeg.on(config.searchPath());
        this.engines = engines;
        this.witnesses = witnesses;
        this.queue = queue;
        this.sources = sources;
        this.audit = audit;
    }

    /// Who is told which models serve.
    ///
    /// @param refresh has health tell it
    record Witnesses(
            RuntimeLife life, RuntimeMetrics metrics, QualityWatch quality, Runnable refresh) {}

    /// Models that were read, and what is made of them.
    ///
    /// @param baseline of their results
    private record ModelSet(ModelStore models, Optional<Baseline> baseline, EngineSupply supply) {}

    /// Begins to load the models of the start. If they cannot be loaded, the process stays and says
    /// so.
    void load() {
        Thread.ofPlatform().daemon().name("loader").start(this::loadFirst);
    }

    private void loadFirst() {
        try {
            videos.set(openVideos());
            var set = read();
            witnesses.life().learned(figures(set.models(), Optional.empty()));
            witnesses.quality().begin(set.baseline());
            var pool =
                    WorkerPool.start(
                            config.tasks().running(), set.supply(), queue, witnesses.metrics());
            workers.set(Optional.of(pool));
            learn(set, pool.awaitWarm());
            witnesses.life().ready();
        } catch (CompletionException e) {
            fail("an engine cannot be opened", e);
        } catch (RuntimeException e) {
            fail("the models cannot be read", e);
        }
        witnesses.refresh().run();
    }

    private Optional<VideoEngine> openVideos() {
        try {
            var found = ffmpeg.get();
            log.atInfo().addKeyValue("ffmpeg", found.version()).log("Videos are served");
            return Optional.of(new VideoEngine(found, config.videos()));
        } catch (FfmpegException e) {
            log.atWarn().addKeyValue("reason", e.getMessage()).log("No videos are served");
            return Optional.empty();
        }
    }

    /// Whether videos can be swapped too.
    boolean film() {
        return videos.get().isPresent();
    }

    private void fail(String reason, Exception cause) {
        witnesses.life().failed(reason);
        log.atError().addKeyValue("reason", reason).setCause(cause).log("No tasks are served");
    }

    @Override
    public synchronized CompletableFuture<Outcome> begin() {
        if (!reload.isDone()) {
            return reload;
        }
        var pool = workers.get();
        if (!witnesses.life().state().ready() || pool.isEmpty()) {
            return CompletableFuture.completedFuture(new Outcome.Unready());
        }
        var next = new CompletableFuture<Outcome>();
        reload = next;
        Thread.ofPlatform().daemon().name("loader").start(() -> next.complete(reload(pool.get())));
        return next;
    }

    @Override
    public synchronized Outcome last() {
        return reload.getNow(new Outcome.Loading());
    }

    private Outcome reload(WorkerPool pool) {
        try {
            var set = read();
            learn(set, pool.replace(set.supply(), config.models().reloadAtOnce()));
            witnesses.quality().begin(set.baseline());
            witnesses.refresh().run();
            witnesses.metrics().reloaded(RuntimeMetrics.Reload.DONE);
            log.atInfo().addKeyValue("digest", set.models().digest()).log("Models reloaded");
            return new Outcome.Loaded(set.models().digest());
        } catch (CompletionException e) {
            return refused(e.getCause() == null ? e : e.getCause());
        } catch (CancellationException | InterruptedException e) {
            return refused(new ModelException("This process ends.", e));
        } catch (RuntimeException e) {
            return refused(e);
        }
    }

    // What a defect says is for the log.
    private Outcome refused(Throwable cause) {
        witnesses.metrics().reloaded(RuntimeMetrics.Reload.REFUSED);
        var reason =
                switch (cause) {
                    case ModelException e -> String.valueOf(e.getMessage());
                    case ConfigException e -> String.valueOf(e.getMessage());
                    case SessionException e -> String.valueOf(e.getMessage());
                    case UnfitEngineException e -> String.valueOf(e.getMessage());
                    default -> "An engine cannot be opened. The log says why.";
                };
        log.atError()
                .addKeyValue("reason", reason)
                .setCause(cause)
                .log("Models cannot be used, those from before serve on");
        return new Outcome.Refused(reason);
    }

    private ModelSet read() {
        var models = ModelStore.open(config.models());
        var directory = config.models().path().first();
        var surroundings =
                new Surroundings(
                        sources,
                        config.drift().sampleEvery(),
                        config.label().label(),
                        config.detectEvery(),
                        ffmpeg);
        var marker =
                new Marker(
                        config.provenance(),
                        InstantSource.system(),
                        witnesses.metrics().registry());
        var selfTest =
                config.drift().selfTest()
                        ? Optional.of(SelfTest.of(directory))
                        : Optional.<SelfTest>empty();
        return new ModelSet(
                models,
                Baseline.read(config.drift().baseline(), directory),
                new EngineSupply(
                        engines.apply(new EngineParts(models, surroundings)),
                        Release.of(marker, audit, models.digests()),
                        new Checks(selfTest, witnesses.quality()),
                        videos.get()));
    }

    private void learn(ModelSet set, OpenEngine engine) {
        witnesses.metrics().loaded(engine.execution());
        witnesses.life().learned(figures(set.models(), Optional.of(engine)));
    }

    /// Lets the accepted tasks finish, see [WorkerPool#finishTasks].
    boolean finishTasks() {
        var pool = workers.get();
        return pool.isEmpty() || pool.get().finishTasks(config.drainTimeout());
    }

    /// Ends the workers, see [WorkerPool#end]. A video that was given up leaves nothing behind.
    boolean end(Duration limit) throws InterruptedException {
        videos.get().ifPresent(VideoEngine::close);
        var pool = workers.get();
        return pool.isEmpty() || pool.get().end(limit);
    }

    private static EngineFigures figures(ModelStore models, Optional<OpenEngine> engine) {
        var held = engine.map(OpenEngine::models).orElse(Set.of());
        return new EngineFigures(
                engine.isPresent(),
                models.models().stream()
                        .map(model ->
                                new EngineFigures.Model(
                                        model.name(),
                                        model.sha256(),
                                        model.license(),
                                        held.contains(model.name())))
                        .toList(),
                models.digest(),
                engine.map(OpenEngine::execution).map(ServedModels::execution).orElse(null));
    }

    private static EngineFigures.Execution execution(ExecutionReport report) {
        return new EngineFigures.Execution(
                report.requested().stream().map(ExecutionProvider::id).toList(),
                report.active().id(),
                report.cpuFallback());
    }
}

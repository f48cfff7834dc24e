package dev.facefusion.runtime.server;

import dev.facefusion.runtime.engine.Engine;
import dev.facefusion.runtime.engine.session.ExecutionProvider;
import dev.facefusion.runtime.engine.session.ExecutionReport;
import dev.facefusion.runtime.gpu.GpuFigures;
import dev.facefusion.runtime.health.EngineFigures;
import dev.facefusion.runtime.health.HealthSampler;
import dev.facefusion.runtime.health.HealthServer;
import dev.facefusion.runtime.health.RuntimeLife;
import dev.facefusion.runtime.health.TaskLedger;
import dev.facefusion.runtime.host.HostSampler;
import dev.facefusion.runtime.http.ApiDescriptionHandler;
import dev.facefusion.runtime.http.Endpoint;
import dev.facefusion.runtime.http.FormReceiver;
import dev.facefusion.runtime.http.JobsHandler;
import dev.facefusion.runtime.http.ModelsHandler;
import dev.facefusion.runtime.http.OpenInferenceHandlers;
import dev.facefusion.runtime.http.SwapHandler;
import dev.facefusion.runtime.http.TaskServer;
import dev.facefusion.runtime.http.VerifyHandler;
import dev.facefusion.runtime.jobs.JobOpening;
import dev.facefusion.runtime.jobs.JobService;
import dev.facefusion.runtime.jobs.QueueRunner;
import dev.facefusion.runtime.metrics.RuntimeMetrics;
import dev.facefusion.runtime.models.ModelStore;
import dev.facefusion.runtime.plugin.HealthPlugins;
import dev.facefusion.runtime.provenance.Marker;
import dev.facefusion.runtime.queue.OpenEngine;
import dev.facefusion.runtime.queue.TaskQueue;
import dev.facefusion.runtime.queue.WorkerPool;
import dev.facefusion.runtime.upload.UploadStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running server: health first, then the task API, then the models.
///
/// Health answers from the moment [#start] returns, tasks are taken as soon as the models have run
/// once. If they cannot be loaded, the process stays and says so.
public final class RuntimeServer {

    private static final Logger log = LoggerFactory.getLogger(RuntimeServer.class);

    private final RuntimeConfig config;
    private final RuntimeLife life = new RuntimeLife();
    private final RuntimeMetrics metrics;
    private final TaskQueue queue;
    private final HostSampler host;
    private final HealthPlugins plugins;
    private final UploadStore uploads;
    private final JobService jobs;
    private final HealthSampler sampler;
    private final HealthServer healthServer;
    private final TaskServer taskServer;
    private final AtomicReference<Optional<WorkerPool>> workers =
            new AtomicReference<>(Optional.empty());

    private RuntimeServer(RuntimeConfig config) {
        this.config = config;
        var ledger = new TaskLedger(config.tasks().waiting(), System::nanoTime);
        this.metrics = new RuntimeMetrics(ledger::figures);
        this.queue = new TaskQueue(config.tasks(), life, ledger, metrics);
        this.host = HostSampler.start();
        this.plugins =
                HealthPlugins.start(
                        config.plugins(),
                        new RuntimeFacts(config.plugins(), life),
                        metrics.registry());
        this.jobs =
                new JobOpening(
                                config.jobs(),
                                new QueueRunner(queue),
                                metrics.registry(),
                                InstantSource.system())
                        .open();
        this.sampler =
                HealthSampler.start(
                        life,
                        ledger,
                        new HealthSampler.Machine(host::usage, GpuFigures::absent),
                        plugins::figures,
                        config.stallThreshold(),
                        InstantSource.system());
        this.healthServer = HealthServer.open(config.healthPort(), sampler, metrics::scrape);
        this.uploads = UploadStore.open(config.uploads());
        this.taskServer = TaskServer.open(config.apiPort(), endpoints(), config.maxBodyBytes());
    }

    private List<Endpoint> endpoints() {
        var forms = new FormReceiver(uploads, config.maxBodyBytes(), config.consent());
        return Stream.of(
                        List.of(
                                SwapHandler.endpoint(queue, forms, config.taskTimeout()),
                                VerifyHandler.endpoint(forms),
                                ModelsHandler.endpoint(life),
                                ApiDescriptionHandler.endpoint()),
                        JobsHandler.endpoints(jobs, forms, config.jobs()),
                        OpenInferenceHandlers.endpoints(life))
                .flatMap(List::stream)
                .toList();
    }

    /// Opens the ports and begins to load the models.
    ///
    /// @param engines makes what opens one engine, from the models
    public static RuntimeServer start(
            RuntimeConfig config, Function<ModelStore, Supplier<Engine>> engines) {
        var server = new RuntimeServer(config);
        log.atInfo()
                .addKeyValue("apiPort", server.apiPort())
                .addKeyValue("healthPort", server.healthPort())
                .log("Ports open, loading models");
        Thread.ofPlatform().daemon().name("loader").start(() -> server.load(engines));
        return server;
    }

    public int apiPort() {
        return taskServer.port();
    }

    public int healthPort() {
        return healthServer.port();
    }

    /// Takes no more tasks, puts the jobs that wait off to the next start, finishes the other
    /// tasks, answers their clients, closes the engines and the ports.
    ///
    /// @return false if a task was still running when the time was up; its engine is not closed
    ///   then
    public boolean drain() throws InterruptedException {
        life.draining();
        sampler.refresh();
        jobs.suspend();
        var pool = workers.get();
        var finished = pool.isEmpty() || pool.get().drain(config.drainTimeout());
        jobs.close();
        log.atInfo().addKeyValue("finished", finished).log("Drained");
        taskServer.close();
        queue.close();
        uploads.close();
        healthServer.close();
        sampler.close();
        host.close();
        plugins.close();
        metrics.close();
        return finished;
    }

    private void load(Function<ModelStore, Supplier<Engine>> engines) {
        try {
            var models = ModelStore.open(config.modelDir());
            life.learned(figures(models, Optional.empty()));
            var pool =
                    WorkerPool.start(
                            config.tasks().running(),
                            engines.apply(models),
                            queue,
                            metrics,
                            new Marker(
                                    config.provenance(),
                                    InstantSource.system(),
                                    metrics.registry()));
            workers.set(Optional.of(pool));
            var engine = pool.awaitWarm();
            metrics.loaded(engine.execution());
            life.learned(figures(models, Optional.of(engine)));
            life.ready();
        } catch (CompletionException e) {
            fail("an engine cannot be opened", e);
        } catch (RuntimeException e) {
            fail("the models cannot be read", e);
        }
        sampler.refresh();
    }

    private void fail(String reason, Exception cause) {
        life.failed(reason);
        log.atError().addKeyValue("reason", reason).setCause(cause).log("No tasks are served");
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
                engine.map(OpenEngine::execution).map(RuntimeServer::execution).orElse(null));
    }

    private static EngineFigures.Execution execution(ExecutionReport report) {
        return new EngineFigures.Execution(
                report.requested().stream().map(ExecutionProvider::id).toList(),
                report.active().id(),
                report.cpuFallback());
    }
}

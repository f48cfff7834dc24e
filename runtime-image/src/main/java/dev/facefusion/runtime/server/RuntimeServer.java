package dev.facefusion.runtime.server;

import dev.facefusion.runtime.audit.AuditLog;
import dev.facefusion.runtime.drift.QualityWatch;
import dev.facefusion.runtime.engine.Engine;
import dev.facefusion.runtime.engine.SourceCache;
import dev.facefusion.runtime.engine.SwapDemand;
import dev.facefusion.runtime.gpu.GpuSampler;
import dev.facefusion.runtime.health.HealthSampler;
import dev.facefusion.runtime.health.HealthServer;
import dev.facefusion.runtime.health.RuntimeLife;
import dev.facefusion.runtime.health.TaskLedger;
import dev.facefusion.runtime.host.HostSampler;
import dev.facefusion.runtime.http.ApiDescriptionHandler;
import dev.facefusion.runtime.http.AuthHandler;
import dev.facefusion.runtime.http.Door;
import dev.facefusion.runtime.http.Endpoint;
import dev.facefusion.runtime.http.FormReceiver;
import dev.facefusion.runtime.http.JobsHandler;
import dev.facefusion.runtime.http.ModelsHandler;
import dev.facefusion.runtime.http.OpenInferenceHandlers;
import dev.facefusion.runtime.http.PageHandler;
import dev.facefusion.runtime.http.StatusHandler;
import dev.facefusion.runtime.http.StatusHandler.Authentication;
import dev.facefusion.runtime.http.SwapHandler;
import dev.facefusion.runtime.http.TaskServer;
import dev.facefusion.runtime.http.VerifyHandler;
import dev.facefusion.runtime.jobs.JobOpening;
import dev.facefusion.runtime.jobs.JobService;
import dev.facefusion.runtime.jobs.QueueRunner;
import dev.facefusion.runtime.management.ManagementHandler;
import dev.facefusion.runtime.memory.HeapWatch;
import dev.facefusion.runtime.metrics.GpuMetrics;
import dev.facefusion.runtime.metrics.HostMetrics;
import dev.facefusion.runtime.metrics.RuntimeMetrics;
import dev.facefusion.runtime.plugin.HealthPlugins;
import dev.facefusion.runtime.priority.Niceness;
import dev.facefusion.runtime.provenance.ConsentPolicy;
import dev.facefusion.runtime.queue.Affordability;
import dev.facefusion.runtime.queue.SelfTestOnDemand;
import dev.facefusion.runtime.queue.TaskQueue;
import dev.facefusion.runtime.upload.UploadStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
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
    private final SourceCache sources;
    private final QualityWatch quality;
    private final HealthPlugins plugins;
    private final UploadStore uploads;
    private final AuditLog audit;
    private final GpuSampler gpus;
    private final JobService jobs;
    private final HealthSampler sampler;
    private final HealthServer healthServer;
    private final Door door;
    private final TaskServer taskServer;
    private final ServedModels models;
    private final Ending ending;
    private final Optional<ManagementHandler> management;

    private RuntimeServer(
            RuntimeConfig config, HeapWatch heap, Function<EngineParts, Supplier<Engine>> engines) {
        this.config = config;
        var ledger =
                new TaskLedger(
                        config.tasks().waiting(), config.tasks().running(), System::nanoTime);
        this.metrics = new RuntimeMetrics(ledger::figures);
        this.gpus = GpuSampler.start(config.gpus());
        this.queue =
                new TaskQueue(
                        config.tasks(),
                        affordability(),
                        life,
                        ledger,
                        metrics,
                        config.taskTimeout());
        this.door = Door.open(config.security(), metrics::authenticated);
        this.host = HostSampler.start();
        this.sources = SourceCache.open(config.sources(), System::nanoTime);
        sources.register(metrics.registry());
        this.quality = new QualityWatch(config.drift(), InstantSource.system());
        quality.register(metrics.registry());
        this.plugins =
                HealthPlugins.start(
                        config.plugins(),
                        new RuntimeFacts(config.plugins(), life, sources),
                        metrics.registry());
        metrics.collect(new HostMetrics(host::usage));
        metrics.collect(new GpuMetrics(gpus::figures));
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
                        new HealthSampler.Machine(host::usage, gpus::figures),
                        new HealthSampler.Witnesses(plugins::figures, quality::figures),
                        config.stallThreshold(),
                        InstantSource.system());
        this.healthServer =
                HealthServer.open(
                        config.health(),
                        sampler,
                        metrics::scrape,
                        new SelfTestOnDemand(config.drift(), life, queue, System::nanoTime));
        this.uploads = UploadStore.open(config.uploads());
        this.audit = AuditLog.open(config.audit(), InstantSource.system());
        this.models =
                new ServedModels(
                        config,
                        engines,
                        new ServedModels.Witnesses(life, metrics, quality, sampler::refresh, heap),
                        queue,
                        sources,
                        audit);
        this.ending =
                new Ending(
                        life,
                        sampler,
                        ledger,
                        jobs::suspend,
                        () -> ledger.allHang(config.stallThreshold()),
                        models::finishTasks);
        this.management =
                ManagementHandler.open(
                        config.management(), ending, models, sampler.instanceId(), healthServer);
        this.taskServer = openTaskServer();
        config.security().log();
    }

    // The threads that it starts, and those that run virtual ones, take their priority from the one
    // that opens it: uploads and answers give way to health.
    private TaskServer openTaskServer() {
        var opening =
                new FutureTask<>(() -> {
                    Niceness.lowerThisServingThread();
                    return TaskServer.open(config.api(), endpoints(), config.maxBodyBytes(), door);
                });
        Thread.ofPlatform().daemon().name("task-server-start").start(opening);
        try {
            return opening.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while the task server opens", e);
        }
    }

    private List<Endpoint> endpoints() {
        var forms = new FormReceiver(uploads, config.maxBodyBytes(), config.consent());
        return Stream.of(
                        List.of(
                                SwapHandler.endpoint(queue, forms, audit, config.taskTimeout()),
                                VerifyHandler.endpoint(forms),
                                ModelsHandler.endpoint(life),
                                ApiDescriptionHandler.endpoint(),
                                StatusHandler.endpoint(sampler::report, policy()),
                                AuthHandler.endpoint()),
                        JobsHandler.endpoints(jobs, forms, audit, config.jobs(), models::film),
                        PageHandler.endpoints(),
                        OpenInferenceHandlers.endpoints(life))
                .flatMap(List::stream)
                .toList();
    }

    private StatusHandler.Policy policy() {
        return new StatusHandler.Policy(
                config.tasks().running(),
                config.maxBodyBytes(),
                config.consent() == ConsentPolicy.REQUIRED,
                config.security().requiresAuthentication()
                        ? Authentication.REQUIRED
                        : Authentication.NONE);
    }

    private Affordability affordability() {
        return new Affordability(
                Affordability.workersShare(Runtime.getRuntime().maxMemory()),
                config.tasks().running(),
                () -> gpus.figures().leastFreeBytes(),
                SwapDemand::of);
    }

    /// Opens the ports and begins to load the models.
    ///
    /// @param heap told by the workers when it was full
    /// @param engines makes what opens one engine
    public static RuntimeServer start(
            RuntimeConfig config, HeapWatch heap, Function<EngineParts, Supplier<Engine>> engines) {
        var server = new RuntimeServer(config, heap, engines);
        log.atInfo()
                .addKeyValue("apiPort", server.apiPort())
                .addKeyValue("healthPort", server.healthPort())
                .log("Ports open, loading models");
        server.models.load();
        return server;
    }

    public int apiPort() {
        return taskServer.port();
    }

    public int healthPort() {
        return healthServer.port();
    }

    /// Reads the models again, and has them take the place of those that serve: see
    /// [ServedModels#begin].
    public void reload() {
        var _ = models.begin();
    }

    /// Is no longer ready, but goes on taking tasks: for the time that callers need to learn it.
    public void leave() {
        ending.leave();
    }

    /// Done when somebody who may has asked for a restart, and no task is left.
    public CompletableFuture<?> restartDue() {
        return ending.restartDue();
    }

    /// Gives up the tasks that [#stop] waits for.
    public void hurry() {
        ending.hurry();
    }

    /// Takes no more tasks, puts the jobs that wait off to the next start, finishes the other
    /// tasks, answers their clients, closes the engines and the ports.
    ///
    /// @return false if a task was given up, or if one still runs: its engine is not closed then
    public boolean stop() throws InterruptedException {
        var deadline = System.nanoTime() + config.drainTimeout().toNanos();
        var finished = ending.await();
        // A worker that still runs its task had its time; one that still opens its engine has the
        // rest.
        var left = finished ? Duration.ofNanos(deadline - System.nanoTime()) : Duration.ZERO;
        finished &= models.end(left);
        jobs.close();
        taskServer.close();
        queue.close();
        uploads.close();
        audit.close();
        door.close();
        management.ifPresent(ManagementHandler::close);
        healthServer.close();
        sampler.close();
        gpus.close();
        host.close();
        plugins.close();
        sources.close();
        metrics.close();
        return finished;
    }
}

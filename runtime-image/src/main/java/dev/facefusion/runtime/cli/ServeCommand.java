package dev.facefusion.runtime.cli;

import dev.facefusion.runtime.engine.Engine;
import dev.facefusion.runtime.engine.EnginePlan;
import dev.facefusion.runtime.engine.OnDemandEngine;
import dev.facefusion.runtime.memory.HeapWatch;
import dev.facefusion.runtime.server.EngineParts;
import dev.facefusion.runtime.server.RuntimeConfig;
import dev.facefusion.runtime.server.RuntimeServer;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Command;

/// `facefusion serve`: the task API and the health endpoints, until SIGTERM.
@Command(
        name = "serve",
        description = "Serves the task API and the health endpoints until it is stopped.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nConfiguration by environment variables:%n",
        footer = {
            "  API_PORT                 port of the task API (8000)",
            "  HEALTH_PORT              port of /health, /ready and /metrics (8080)",
            "  EXECUTION_PROVIDERS      cuda, tensorrt, cpu, the preferred one first (cpu)",
            "  EXECUTION_THREADS        CPU threads for the models (4)",
            "  CONCURRENCY              tasks at once (1)",
            "  QUEUE_CAPACITY           tasks that may wait for an answer (32)",
            "  JOB_CAPACITY             jobs that may wait (1000)",
            "  JOB_TIMEOUT_SECONDS      time from a job's acceptance to its end at most (86400)",
            "  JOB_RESULT_TTL_SECONDS   time that a job's result is kept (3600)",
            "  JOB_DISK_MEGABYTES       disk for the pictures and results of jobs (2048)",
            "  JOB_EVENT_STREAMS        clients that may follow jobs' events at once (256)",
            "  VIDEO_MAX_SECONDS        length of a video at most (14400)",
            "  VIDEO_MAX_MEGAPIXELS     size of a video's frame at most (34, or what the heap holds)",
            "  VIDEO_TIMEOUT_SECONDS    time that one video may take (86400)",
            "  MODEL_DIR                directories of models, by commas (bundled)",
            "  MODEL_LICENCE_POLICY     any, or commercial to refuse models not for gain (any)",
            "  MODEL_RELOAD_AT_ONCE     engines opened before the first serves, when models are reloaded (64)",
            "  STALL_THRESHOLD_SECONDS  time without progress that is a stall (120)",
            "  DRAIN_TIMEOUT_SECONDS    time to finish tasks when stopped (100)",
            "  SHUTDOWN_DELAY_SECONDS   time that tasks are still taken after SIGTERM (0)",
            "  MANAGEMENT_SUBJECT       service account that may POST /drain, /restart, /models/reload (nobody)",
            "  MANAGEMENT_API_SERVER    whose tokens count (https://kubernetes.default.svc)",
            "  MANAGEMENT_CA_FILE       certificates to check it by (the service account's)",
            "  MANAGEMENT_TOKEN_FILE    token to read its keys with (the service account's)",
            "  TASK_TIMEOUT_SECONDS     time that a client waits at most (300)",
            "  MAX_BODY_MEGABYTES       size of a request's body at most (64)",
            "  PROVENANCE               on or off: whether results are marked as made by AI (on)",
            "  PROVENANCE_PRODUCER      who is named in the marks (FaceFusion runtime)",
            "  VISIBLE_LABEL            on or off: whether people see that a result is made by AI (off)",
            "  SOURCE_CACHE_ENTRIES     analysed source pictures kept in memory; 0 for none (64)",
            "  SOURCE_CACHE_MEGABYTES   memory for them at most (64)",
            "  SOURCE_CACHE_TTL_SECONDS time after which one is forgotten (600)",
            "  SELF_TEST                on or off: whether a golden sample is swapped first (on)",
            "  SELF_TEST_PERIOD_SECONDS how often it is swapped again on demand, at most (60)",
            "  DRIFT_SAMPLE_EVERY       of so many swaps one is measured; 0 for none (20)",
            "  DRIFT_WINDOW_SECONDS     time over which drift is judged (3600)",
            "  DRIFT_BASELINE           file of what is normal (drift_baseline.json of MODEL_DIR)",
            "  PLUGIN_DIR               directory of jars with health plug-ins (none)",
            "  PLUGIN_TIMEOUT_SECONDS   time that a plug-in may take for its value (2)",
            "  PLUGIN_PERIOD_SECONDS    time between two values of a plug-in (10)",
            "  NETWORK_LATENCY_TARGET   host:port whose TCP connect time is reported (none)",
            "  WORK_DIR                 directory for uploads and jobs (facefusion in the temporary one)",
            "  UPLOAD_DISK_MEGABYTES    disk that uploads may take together (2048)",
            "  CONSENT                  required or optional: whether a swap needs its consent part (required)",
            "  DETECT_EVERY             frames of a video of which the bundled detector looks at one at least (10)",
            "  GPU_DEVICE               number of the GPU among those that the process sees (0)",
            "  GPU_ARENA_MEGABYTES      GPU memory that one model's arena may take (no limit)",
            "  TENSORRT_CACHE_DIR       directory for TensorRT's engines and timings (none)",
            "  AUDIT_LOG                file of JSON lines about every task, by digests (none)",
            "  AUDIT_FSYNC              on or off: whether each line is on the disk first (on)",
            "  NVML_LIBRARY             file of NVML (the one of the GPU's driver)",
            "  API_ADDRESS              IP address of the task API (all of the machine)",
            "  HEALTH_ADDRESS           IP address of /health, /ready and /metrics (all)",
            "  API_KEYS_FILE            keys that open the task API, see facefusion keys (none)",
            "  API_KEYS                 the same keys as lines of this variable (none)",
            "  JWT_ISSUER               whose tokens open the task API (nobody's)",
            "  JWT_AUDIENCE             for whom those tokens must be",
            "  JWT_JWKS_URL             the issuer's keys (by its OpenID discovery document)",
            "  JWT_CA_FILE              authorities of the issuer's host, PEM (Java's list)",
            "  ALLOWED_CIDRS            from where requests may come, 10.0.0.0/8,::1 (everywhere)",
            "  TRUSTED_PROXY_CIDRS      proxies that say for whom they ask (none)",
            "  FORWARDED_HEADER         in x-forwarded-for or forwarded (x-forwarded-for)",
            "  TLS_CERT_FILE            certificate chain of the task API, PEM (no TLS)",
            "  TLS_KEY_FILE             its key, PEM",
            "  TLS_CLIENT_CA_FILE       authorities of the clients' certificates, PEM (none asked)",
            "  MAX_CONNECTIONS          at once (1024)",
            "  MAX_CONNECTIONS_PER_ADDRESS  at once, but from trusted proxies (128)",
            "  MAX_HEADER_KILOBYTES     size of a request's headers at most (16)",
            "  MAX_URI_BYTES            size of a request line at most (4096)",
            "  HEADER_TIMEOUT_SECONDS   wait for a request's headers at most (10)",
            "  IDLE_TIMEOUT_SECONDS     wait for a connection's next request at most (75)",
            "  MIN_BYTES_PER_SECOND     pace of a client that sends or reads (4096)",
            "  STALL_TIMEOUT_SECONDS    by how much it may be late (20)",
            "  ACCESS_LOG               full, anonymous or off (full)",
            "  LOG_FORMAT               json or text (json)",
            "",
            "Example:",
            "  facefusion serve &",
            "  curl -F source=@me.jpg -F target=@crew.jpg -F consent=release-17 -o out.png"
                    + " http://localhost:8000/v1/swap"
        })
final class ServeCommand implements Callable<Integer> {

    @Override
    public Integer call() throws InterruptedException {
        return serve(config ->
                parts ->
                        () ->
                                OnDemandEngine.open(
                                        EnginePlan.of(parts.models(), config.execution())
                                                .in(parts.surroundings())));
    }

    /// Serves until a signal, a restart or a full heap, then ends in order.
    ///
    /// @param engines what opens one engine, from the settings and the models
    /// @return the exit code; does not return where a task would not end
    static int serve(Function<RuntimeConfig, Function<EngineParts, Supplier<Engine>>> engines)
            throws InterruptedException {
        var stop = StopSignal.install();
        var config = RuntimeConfig.fromEnvironment();
        var heap = new HeapWatch();
        heap.watchThreads();
        var server = RuntimeServer.start(config, heap, engines.apply(config));
        Signals.handle("HUP", server::reload);
        var _ = stop.second().thenRun(server::hurry);
        CompletableFuture.anyOf(stop.first(), server.restartDue(), heap.full()).join();
        if (stop.first().isDone()) {
            server.leave();
            await(stop.second(), config.shutdownDelay());
        }
        if (!server.stop()) {
            // An orderly exit would free the native environment under the task that still runs.
            Runtime.getRuntime().halt(ExitCode.DRAIN_TIMED_OUT.code());
        }
        return (heap.full().isDone() ? ExitCode.OUT_OF_MEMORY : ExitCode.OK).code();
    }

    private static void await(CompletableFuture<Void> event, Duration limit) {
        event.copy().completeOnTimeout(null, limit.toNanos(), TimeUnit.NANOSECONDS).join();
    }
}

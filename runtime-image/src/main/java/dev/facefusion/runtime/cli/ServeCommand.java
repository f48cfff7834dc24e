package dev.facefusion.runtime.cli;

import dev.facefusion.runtime.engine.Pipeline;
import dev.facefusion.runtime.server.RuntimeConfig;
import dev.facefusion.runtime.server.RuntimeServer;
import java.util.concurrent.Callable;
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
            "  MODEL_DIR                directory of models.json (the bundled models)",
            "  STALL_THRESHOLD_SECONDS  time without progress that is a stall (120)",
            "  DRAIN_TIMEOUT_SECONDS    time to finish tasks when stopped (100)",
            "  TASK_TIMEOUT_SECONDS     time that a client waits at most (300)",
            "  MAX_BODY_MEGABYTES       size of a request's body at most (64)",
            "  PROVENANCE               on or off: whether results are marked as made by AI (on)",
            "  PROVENANCE_PRODUCER      who is named in the marks (FaceFusion runtime)",
            "  PLUGIN_DIR               directory of jars with health plug-ins (none)",
            "  PLUGIN_TIMEOUT_SECONDS   time that a plug-in may take for its value (2)",
            "  PLUGIN_PERIOD_SECONDS    time between two values of a plug-in (10)",
            "  NETWORK_LATENCY_TARGET   host:port whose TCP connect time is reported (none)",
            "  WORK_DIR                 directory for uploads and jobs (facefusion in the temporary one)",
            "  UPLOAD_DISK_MEGABYTES    disk that uploads may take together (2048)",
            "  CONSENT                  required or optional: whether a swap needs its consent part (required)",
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
        var stop = StopSignal.install();
        var config = RuntimeConfig.fromEnvironment();
        var server =
                RuntimeServer.start(
                        config, models -> () -> Pipeline.open(models, config.execution()));
        stop.await();
        if (!server.drain()) {
            // An orderly exit would free the native environment under the task that still runs.
            Runtime.getRuntime().halt(ExitCode.DRAIN_TIMED_OUT.code());
        }
        return ExitCode.OK.code();
    }
}

package dev.facefusion.runtime.server;

import dev.facefusion.runtime.audit.AuditSettings;
import dev.facefusion.runtime.config.ConfigException;
import dev.facefusion.runtime.config.Environment;
import dev.facefusion.runtime.drift.DriftSettings;
import dev.facefusion.runtime.engine.SourceCache;
import dev.facefusion.runtime.engine.label.LabelPolicy;
import dev.facefusion.runtime.engine.session.AcceleratorSettings;
import dev.facefusion.runtime.engine.session.ExecutionProvider;
import dev.facefusion.runtime.engine.session.ExecutionSettings;
import dev.facefusion.runtime.engine.video.VideoLimits;
import dev.facefusion.runtime.gpu.GpuSettings;
import dev.facefusion.runtime.jobs.JobSettings;
import dev.facefusion.runtime.management.ManagementSettings;
import dev.facefusion.runtime.models.ModelSettings;
import dev.facefusion.runtime.plugin.PluginSettings;
import dev.facefusion.runtime.provenance.ConsentPolicy;
import dev.facefusion.runtime.provenance.ProvenanceSettings;
import dev.facefusion.runtime.queue.Affordability;
import dev.facefusion.runtime.queue.TaskQueue;
import dev.facefusion.runtime.security.SecuritySettings;
import dev.facefusion.runtime.upload.UploadSettings;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// The settings of a runtime, read once from the environment.
///
/// @param api where the tasks are taken; port 0 for any free one
/// @param health where health and metrics are told; port 0 for any free one
/// @param models which ones are used, and from where
/// @param stallThreshold how long a running task may go without progress
/// @param drainTimeout how long accepted tasks may take to finish when the process ends
/// @param shutdownDelay how long tasks are still taken after the signal to stop
/// @param taskTimeout how long a client waits at most, in the queue and for the engine
/// @param maxBodyBytes of one request
/// @param sources how many analysed source pictures are kept
/// @param drift how the models are watched
/// @param detectEvery of so many frames of a video, the bundled detector looks at one at least
/// @param videos how much one video may take
/// @param searchPath folders in which ffmpeg is looked for, separated as in `PATH`
/// @param plugins how health plug-ins are found and asked
public record RuntimeConfig(
        InetSocketAddress api,
        InetSocketAddress health,
        SecuritySettings security,
        ExecutionSettings execution,
        TaskQueue.Limits tasks,
        UploadSettings uploads,
        JobSettings jobs,
        ManagementSettings management,
        ModelSettings models,
        Duration stallThreshold,
        Duration drainTimeout,
        Duration shutdownDelay,
        Duration taskTimeout,
        long maxBodyBytes,
        ProvenanceSettings provenance,
        ConsentPolicy consent,
        AuditSettings audit,
        LabelPolicy label,
        PluginSettings plugins,
        GpuSettings gpus,
        SourceCache.Settings sources,
        DriftSettings drift,
        int detectEvery,
        VideoLimits videos,
        String searchPath) {

    private static final int MAX_BODY_MEGABYTES = 16 * 1024;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_GPU = 63;
    private static final int MAX_FRAMES = 1000;
    private static final int MAX_MEGAPIXELS = 34; // 8K: more of a frame than that is not tried
    private static final int HEAP_PER_MEGAPIXEL = 12_000_000; // 7.5 were measured with 8K
    private static final int MAX_ARENA_MEGABYTES = 1024 * 1024;

    /// The settings of this process.
    ///
    /// @throws ConfigException for the first variable that cannot be used
    public static RuntimeConfig fromEnvironment() {
        return from(Environment.ofProcess());
    }

    /// The settings of an environment.
    ///
    /// @throws ConfigException for the first variable that cannot be used
    public static RuntimeConfig from(Environment read) {
        var config =
                new RuntimeConfig(
                        socket(read, "API", 8000),
                        socket(read, "HEALTH", 8080),
                        SecuritySettings.from(read),
                        new ExecutionSettings(
                                providers(read),
                                read.number("EXECUTION_THREADS", 4, 1, 256),
                                accelerator(read)),
                        new TaskQueue.Limits(
                                read.number("QUEUE_CAPACITY", 32, 1, 10_000),
                                read.number("JOB_CAPACITY", 1000, 1, 100_000),
                                read.number("CONCURRENCY", 1, 1, 64)),
                        UploadSettings.from(read),
                        JobSettings.from(read),
                        ManagementSettings.from(read),
                        ModelSettings.from(read, bundledModels()),
                        read.seconds("STALL_THRESHOLD_SECONDS", 120),
                        read.seconds("DRAIN_TIMEOUT_SECONDS", 100),
                        read.seconds("SHUTDOWN_DELAY_SECONDS", 0, 0),
                        read.seconds("TASK_TIMEOUT_SECONDS", 300),
                        read.mebibytes("MAX_BODY_MEGABYTES", 64, MAX_BODY_MEGABYTES),
                        ProvenanceSettings.from(read),
                        ConsentPolicy.from(read),
                        AuditSettings.from(read),
                        LabelPolicy.from(read),
                        PluginSettings.from(read),
                        GpuSettings.from(read),
                        SourceCache.Settings.from(read),
                        DriftSettings.from(read),
                        read.number("DETECT_EVERY", 10, 1, MAX_FRAMES),
                        videos(read),
                        read.text("PATH").orElse(""));
        read.oneOf("LOG_FORMAT", List.of("json", "text")); // used before this is read
        var port = config.api().getPort();
        if (port == config.health().getPort() && port != 0) {
            throw new ConfigException(
                    "API_PORT and HEALTH_PORT are both %d. Give each a port of its own."
                            .formatted(port));
        }
        if (config.uploads().diskBytes() < config.maxBodyBytes()) {
            throw new ConfigException(
                    "UPLOAD_DISK_MEGABYTES is less than MAX_BODY_MEGABYTES: no such body would find"
                            + " room. Raise the one or lower the other.");
        }
        return config;
    }

    // What may be sent at all is the limit of the file. A frame must fit into each worker's heap.
    private static VideoLimits videos(Environment environment) {
        var workers = environment.number("CONCURRENCY", 1, 1, 64);
        var share = Affordability.workersShare(Runtime.getRuntime().maxMemory()) / workers;
        var affordable = Math.clamp(share / HEAP_PER_MEGAPIXEL, 1, MAX_MEGAPIXELS);
        return new VideoLimits(
                environment.mebibytes("MAX_BODY_MEGABYTES", 64, MAX_BODY_MEGABYTES),
                environment.seconds("VIDEO_MAX_SECONDS", 14_400),
                1_000_000L
                        * environment.number("VIDEO_MAX_MEGAPIXELS", affordable, 1, MAX_MEGAPIXELS),
                environment.seconds("VIDEO_TIMEOUT_SECONDS", 86_400));
    }

    private static InetSocketAddress socket(Environment environment, String name, int port) {
        return new InetSocketAddress(
                environment.address(name + "_ADDRESS"),
                environment.number(name + "_PORT", port, 0, MAX_PORT));
    }

    private static AcceleratorSettings accelerator(Environment environment) {
        return new AcceleratorSettings(
                environment.number("GPU_DEVICE", 0, 0, MAX_GPU),
                environment.text("GPU_ARENA_MEGABYTES").isPresent()
                        ? OptionalLong.of(
                                environment.mebibytes(
                                        "GPU_ARENA_MEGABYTES", 1, MAX_ARENA_MEGABYTES))
                        : OptionalLong.empty(),
                environment.path("TENSORRT_CACHE_DIR"));
    }

    private static List<ExecutionProvider> providers(Environment environment) {
        var known =
                Arrays.stream(ExecutionProvider.values())
                        .collect(Collectors.toMap(ExecutionProvider::id, provider -> provider));
        var ids = environment.list("EXECUTION_PROVIDERS");
        if (ids.isEmpty()) {
            return List.of(ExecutionProvider.CPU);
        }
        if (!known.keySet().containsAll(ids) || ids.stream().distinct().count() < ids.size()) {
            throw new ConfigException(
                    ("EXECUTION_PROVIDERS is \"%s\". Set it to a comma-separated list of %s,"
                                    + " the preferred one first and none twice.")
                            .formatted(
                                    String.join(",", ids),
                                    known.keySet().stream().sorted().toList()));
        }
        return ids.stream().map(id -> Objects.requireNonNull(known.get(id))).toList();
    }

    // The directory `models` beside the one that this code was loaded from: `/app/lib` has
    // `/app/models`, and a build's `target` has the sources' `models`.
    private static Path bundledModels() {
        try {
            var code =
                    Path.of(
                            RuntimeConfig.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            return code.resolveSibling("../models").normalize();
        } catch (URISyntaxException e) {
            throw new ConfigException(
                    "The bundled models cannot be located. Set MODEL_DIR to their directory.");
        }
    }
}

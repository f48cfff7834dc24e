package dev.facefusion.runtime.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.facefusion.runtime.gpu.Gpu;
import dev.facefusion.runtime.plugin.CustomFigures;
import dev.facefusion.runtime.plugin.HealthValue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The body of `/health` and `/ready`: the wire contract, in the order in which it is written.
///
/// Names and types are fixed. What is not known is left out, never 0. `docs/health.md` has every
/// field.
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HealthReport(
        int schemaVersion,
        Status status,
        List<DegradedReason> reasons,
        long timestamp,
        long uptimeSeconds,
        @Nullable Double cpuUsagePercent,
        @Nullable Long memoryUsedMb,
        @Nullable Long memoryTotalMb,
        @Nullable List<GpuReport> gpus,
        @Nullable String gpusError,
        boolean modelLoaded,
        @Nullable Long lastInferenceMs,
        @Nullable Integer processCount,
        int taskQueueLength,
        String instanceId,
        long startedAt,
        boolean accepting,
        boolean draining,
        int tasksInFlight,
        long tasksCompletedTotal,
        long tasksFailedTotal,
        int taskQueueCapacity,
        @Nullable Long oldestTaskSeconds,
        @Nullable Long secondsSinceProgress,
        long stallThresholdSeconds,
        @Nullable InferenceLatency inferenceMs,
        @Nullable ExecutionProvider executionProvider,
        List<Model> models,
        @Nullable String modelDigest,
        @Nullable Long gpusAgeSeconds,
        @Nullable Double cpuThrottledPercent,
        @Nullable Double cpuPressurePercent,
        @Nullable Double memoryPressurePercent,
        @Nullable Long oomKillsTotal,
        Map<String, Custom> custom,
        @Nullable Map<String, String> customErrors,
        @Nullable SelfTestReport selfTest,
        @Nullable DriftReport drift,
        @Nullable DeepReport deep) {

    private static final int SCHEMA_VERSION = 1;
    private static final long MEBIBYTE = 1024L * 1024;

    /// One word for a person; a program reads the fields.
    public enum Status {
        /// Nothing to say.
        @JsonProperty("healthy")
        HEALTHY,
        /// Tasks are not served as they should be, for the reasons given.
        @JsonProperty("degraded")
        DEGRADED,
        /// No new tasks; the process ends when the accepted ones are done.
        @JsonProperty("draining")
        DRAINING,
        /// A running task has made no progress for longer than the threshold.
        @JsonProperty("stalled")
        STALLED,
        /// On `/ready` only: send no tasks.
        @JsonProperty("unready")
        UNREADY
    }

    /// Percentiles of the time a swap took, over the last `windowSeconds`.
    @JsonNaming(SnakeCaseStrategy.class)
    public record InferenceLatency(long p50, long p95, long p99, int count, long windowSeconds) {}

    @JsonNaming(SnakeCaseStrategy.class)
    public record ExecutionProvider(List<String> requested, String active, boolean cpuFallback) {}

    public record Model(String name, String sha256, String license, boolean loaded) {}

    /// The value of a health plug-in.
    ///
    /// @param value a number, a string or a boolean
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Custom(Object value, @Nullable String unit) {}

    /// What `/health` says.
    static HealthReport of(Observation seen) {
        return of(seen, status(seen), null);
    }

    /// What `/ready` says: the same, and `unready` unless tasks should be sent.
    static HealthReport ofReadiness(Observation seen) {
        return ofReadiness(seen, null);
    }

    /// The same, and what came of a deep question.
    static HealthReport ofReadiness(Observation seen, @Nullable DeepReport deep) {
        return of(seen, seen.state().ready() ? status(seen) : Status.UNREADY, deep);
    }

    private static HealthReport of(Observation seen, Status status, @Nullable DeepReport deep) {
        var tasks = seen.tasks();
        var host = seen.host();
        var engine = seen.engine();
        return new HealthReport(
                SCHEMA_VERSION,
                status,
                seen.degradedBy(),
                seen.now().getEpochSecond(),
                Duration.between(seen.instance().startedAt(), seen.now()).toSeconds(),
                host.cpuPercent(),
                mebibytes(host.memoryUsedBytes()),
                mebibytes(host.memoryTotalBytes()),
                gpus(seen.gpus().gpus()),
                seen.gpus().error(),
                engine.loaded(),
                millis(tasks.lastInference()),
                host.processes(),
                tasks.queued(),
                seen.instance().id(),
                seen.instance().startedAt().getEpochSecond(),
                seen.state().accepting(),
                seen.state().draining(),
                tasks.running(),
                tasks.completed(),
                tasks.failed(),
                tasks.capacity(),
                seconds(tasks.oldest()),
                seconds(tasks.sinceProgress()),
                seen.stallThreshold().toSeconds(),
                latency(tasks.latency()),
                executionProvider(engine.execution()),
                models(engine),
                engine.digest(),
                seconds(seen.gpus().age()),
                host.strain().throttledPercent(),
                host.strain().cpuPressurePercent(),
                host.strain().memoryPressurePercent(),
                host.strain().oomKills(),
                custom(seen.custom()),
                seen.custom().errors().isEmpty() ? null : seen.custom().errors(),
                SelfTestReport.of(seen.quality().selfTest()),
                DriftReport.of(seen.quality().drift()),
                deep);
    }

    // The more urgent word wins; `draining` has a field of its own.
    private static Status status(Observation seen) {
        if (seen.stalled()) {
            return Status.STALLED;
        }
        if (seen.state().draining()) {
            return Status.DRAINING;
        }
        return seen.degradedBy().isEmpty() ? Status.HEALTHY : Status.DEGRADED;
    }

    private static @Nullable InferenceLatency latency(TaskFigures.@Nullable Latency latency) {
        return latency == null
                ? null
                : new InferenceLatency(
                        latency.p50().toMillis(),
                        latency.p95().toMillis(),
                        latency.p99().toMillis(),
                        latency.count(),
                        latency.window().toSeconds());
    }

    private static @Nullable ExecutionProvider executionProvider(
            EngineFigures.@Nullable Execution execution) {
        return execution == null
                ? null
                : new ExecutionProvider(
                        execution.requested(), execution.active(), execution.cpuFallback());
    }

    private static @Nullable List<GpuReport> gpus(@Nullable List<Gpu> gpus) {
        return gpus == null ? null : gpus.stream().map(GpuReport::of).toList();
    }

    private static List<Model> models(EngineFigures engine) {
        return engine.models().stream()
                .map(model ->
                        new Model(model.name(), model.sha256(), model.license(), model.loaded()))
                .toList();
    }

    private static Map<String, Custom> custom(CustomFigures figures) {
        var custom = new LinkedHashMap<String, Custom>();
        for (var named : figures.values()) {
            var unit = named.unit().isEmpty() ? null : named.unit();
            custom.put(named.name(), new Custom(plain(named.value()), unit));
        }
        return custom;
    }

    private static Object plain(HealthValue value) {
        return switch (value) {
            case HealthValue.Quantity(var number) -> number;
            case HealthValue.Text(var text) -> text;
            case HealthValue.Flag(var flag) -> flag;
        };
    }

    private static @Nullable Long mebibytes(@Nullable Long bytes) {
        return bytes == null ? null : bytes / MEBIBYTE;
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }

    private static @Nullable Long seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toSeconds();
    }
}

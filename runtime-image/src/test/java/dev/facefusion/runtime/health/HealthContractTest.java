package dev.facefusion.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facefusion.runtime.drift.Baseline;
import dev.facefusion.runtime.drift.DriftFigures;
import dev.facefusion.runtime.drift.QualityFigures;
import dev.facefusion.runtime.drift.SelfTestResult;
import dev.facefusion.runtime.gpu.GpuFigures;
import dev.facefusion.runtime.health.Observation.Instance;
import dev.facefusion.runtime.health.TaskFigures.Latency;
import dev.facefusion.runtime.health.TaskFigures.RecentTasks;
import dev.facefusion.runtime.host.HostUsage;
import dev.facefusion.runtime.host.HostUsage.Strain;
import dev.facefusion.runtime.plugin.CustomFigures;
import dev.facefusion.runtime.plugin.CustomFigures.Named;
import dev.facefusion.runtime.plugin.HealthValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The committed reports of `tests/contract` are what this code writes; the operator's tests read
/// the same files. `-Dcontract.write=true` writes them anew.
class HealthContractTest {

    private static final Path CONTRACT = Path.of("../tests/contract");
    private static final ObjectWriter PRETTY =
            JsonMapper.builder().build().writerWithDefaultPrettyPrinter();

    private static final Instant STARTED = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration STALL_THRESHOLD = Duration.ofMinutes(2);
    private static final HostUsage HOST =
            new HostUsage(37.5, 734_003_200L, 2_147_483_648L, 1, Strain.unknown());
    private static final HostUsage STRAINED =
            new HostUsage(
                    99.1,
                    734_003_200L,
                    2_147_483_648L,
                    3,
                    new Strain(62.5, Duration.ofSeconds(40), 71.4, 0.0, 0L));

    private static final Baseline BASELINE = new Baseline(0.9642, 0.0415, 0, 0.5);
    private static final SelfTestResult OTHER_PICTURE =
            new SelfTestResult(
                    Optional.of(SelfTestResult.Fault.CHANGED_OUTPUT), OptionalDouble.of(23.46));
    private static final Duration HOUR = Duration.ofHours(1);

    private static final String DIGEST = "f".repeat(64);

    private static final EngineFigures NOT_LOADED =
            new EngineFigures(false, models(false), DIGEST, null);
    private static final EngineFigures ON_CPU =
            loaded(new EngineFigures.Execution(List.of("cpu"), "cpu", false));
    private static final EngineFigures FALLEN_BACK =
            loaded(new EngineFigures.Execution(List.of("cuda", "cpu"), "cpu", true));

    record Example(String file, HealthReport report) {
        @Override
        public String toString() {
            return file;
        }
    }

    static Stream<Example> examples() {
        var starting = new RuntimeState.Starting();
        var ready = new RuntimeState.Ready();
        return Stream.of(
                new Example(
                        "health-starting.json",
                        HealthReport.of(seen(4, starting, noTasks(), EngineFigures.none()))),
                new Example(
                        "health-failed.json",
                        HealthReport.of(
                                seen(
                                        9,
                                        new RuntimeState.Failed("a model is missing"),
                                        noTasks(),
                                        NOT_LOADED))),
                new Example(
                        "health-ready-idle.json",
                        HealthReport.of(seen(600, ready, idle(), ON_CPU))),
                new Example(
                        "health-busy.json", HealthReport.of(seen(720, ready, busy(3, 1), ON_CPU))),
                new Example("health-plugins.json", HealthReport.of(withPlugins())),
                new Example("health-degraded-models.json", HealthReport.of(outOfTrueModels())),
                new Example(
                        "health-stalled.json",
                        HealthReport.of(seen(900, ready, busy(3, 185), ON_CPU))),
                new Example(
                        "health-degraded-cpu-fallback.json",
                        HealthReport.of(seen(600, ready, idle(), FALLEN_BACK))),
                new Example(
                        "health-draining.json",
                        HealthReport.of(
                                seen(960, new RuntimeState.Draining(), busy(0, 2), ON_CPU))),
                withGpus("health-gpu.json", GpuExamples.one()),
                withGpus("health-gpu-eight.json", GpuExamples.eight()),
                withGpus("health-gpu-mig.json", GpuExamples.slices()),
                withGpus("health-gpu-faulty.json", GpuExamples.faulty()),
                withGpus("health-gpu-lost.json", GpuExamples.lost()),
                withGpus("health-gpu-stale.json", GpuExamples.stale()),
                new Example(
                        "ready-unready.json",
                        HealthReport.ofReadiness(seen(6, starting, noTasks(), NOT_LOADED))),
                new Example(
                        "ready-deep-failed.json",
                        HealthReport.ofReadiness(
                                outOfTrueModels(),
                                DeepReport.of(OTHER_PICTURE, Duration.ofSeconds(12)))),
                new Example(
                        "ready-deep-skipped.json",
                        HealthReport.ofReadiness(
                                seen(720, ready, busy(3, 1), ON_CPU),
                                DeepReport.skipped(DeepReport.Skipped.BUSY))));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void writesTheCommittedReport(Example example) throws IOException {
        // given
        var file = CONTRACT.resolve(example.file());

        // when
        var json = PRETTY.writeValueAsString(example.report()) + "\n";

        // then
        if (Boolean.getBoolean("contract.write")) {
            Files.createDirectories(CONTRACT);
            Files.writeString(file, json);
        }
        assertThat(json).isEqualTo(Files.readString(file));
    }

    @Test
    void leavesNoReportWithoutAnExample() throws IOException {
        // given
        var known = examples().map(Example::file).toList();

        // when
        try (var files = Files.list(CONTRACT)) {
            var committed = files.map(file -> file.getFileName().toString()).toList();

            // then
            assertThat(committed).filteredOn(name -> name.endsWith(".json")).containsAll(known);
            assertThat(committed)
                    .filteredOn(name -> name.startsWith("health-") || name.startsWith("ready-"))
                    .containsExactlyInAnyOrderElementsOf(known);
        }
    }

    private static List<EngineFigures.Model> models(boolean loaded) {
        return List.of(
                new EngineFigures.Model("blazeface", "1".repeat(64), "Apache-2.0", loaded),
                new EngineFigures.Model("facemesh_468", "2".repeat(64), "Apache-2.0", loaded));
    }

    private static EngineFigures loaded(EngineFigures.Execution execution) {
        return new EngineFigures(true, models(true), DIGEST, execution);
    }

    private static Example withGpus(String file, GpuFigures gpus) {
        var onCuda = new EngineFigures.Execution(List.of("cuda"), "cuda", false);
        return new Example(
                file,
                HealthReport.of(
                        seen(
                                1200,
                                new RuntimeState.Ready(),
                                busy(1, 0),
                                loaded(onCuda),
                                STRAINED,
                                gpus)));
    }

    private static Observation withPlugins() {
        var seen = seen(600, new RuntimeState.Ready(), idle(), ON_CPU);
        return new Observation(
                seen.now(),
                seen.instance(),
                seen.state(),
                seen.tasks(),
                seen.engine(),
                seen.host(),
                seen.gpus(),
                new CustomFigures(
                        List.of(
                                new Named("cache_hit_rate", "ratio", HealthValue.of(0.75)),
                                new Named(
                                        "model_version", "", HealthValue.of("sha256:ffffffffffff")),
                                new Named("licence_valid", "", HealthValue.of(true))),
                        Map.of("network_latency", "it threw java.net.ConnectException")),
                new QualityFigures(
                        SelfTestResult.passed(OptionalDouble.of(51.26)),
                        new DriftFigures(0.95817, 0.02, BASELINE, 31, 650, HOUR, false),
                        false),
                seen.stallThreshold());
    }

    private static Observation outOfTrueModels() {
        var seen = withPlugins();
        return new Observation(
                seen.now(),
                seen.instance(),
                seen.state(),
                seen.tasks(),
                seen.engine(),
                seen.host(),
                seen.gpus(),
                CustomFigures.none(),
                new QualityFigures(
                        OTHER_PICTURE,
                        new DriftFigures(0.8812, 0.0, BASELINE, 31, 650, HOUR, true),
                        true),
                seen.stallThreshold());
    }

    private static Observation seen(
            long uptimeSeconds, RuntimeState state, TaskFigures tasks, EngineFigures engine) {
        return seen(uptimeSeconds, state, tasks, engine, HOST, GpuFigures.absent());
    }

    private static Observation seen(
            long uptimeSeconds,
            RuntimeState state,
            TaskFigures tasks,
            EngineFigures engine,
            HostUsage host,
            GpuFigures gpus) {
        return new Observation(
                STARTED.plusSeconds(uptimeSeconds),
                new Instance("6f1c1f0e-2f4b-4a59-9d57-0d3b1a1f7a11", STARTED),
                state,
                tasks,
                engine,
                host,
                gpus,
                CustomFigures.none(),
                QualityFigures.none(),
                STALL_THRESHOLD);
    }

    private static TaskFigures noTasks() {
        return tasks(0, 0, null, null, null);
    }

    private static TaskFigures idle() {
        return tasks(0, 0, null, Duration.ofSeconds(41), latency());
    }

    private static TaskFigures busy(int queued, long secondsSinceProgress) {
        return tasks(
                queued,
                1,
                Duration.ofSeconds(secondsSinceProgress + 2),
                Duration.ofSeconds(secondsSinceProgress),
                latency());
    }

    private static TaskFigures tasks(
            int queued,
            int running,
            @Nullable Duration oldest,
            @Nullable Duration sinceProgress,
            @Nullable Latency latency) {
        return new TaskFigures(
                queued,
                running,
                32,
                latency == null ? 0 : 57,
                latency == null ? 0 : 1,
                running == 0 ? oldest : null,
                running == 0 ? null : oldest,
                sinceProgress,
                latency == null ? null : Duration.ofMillis(187),
                latency,
                new RecentTasks(latency == null ? 0 : 12, 0),
                null);
    }

    private static Latency latency() {
        return new Latency(
                Duration.ofMillis(180),
                Duration.ofMillis(240),
                Duration.ofMillis(310),
                12,
                Duration.ofMinutes(5));
    }
}

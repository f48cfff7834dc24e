package dev.facefusion.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.operator.decide.HealthReport;
import dev.facefusion.operator.decide.HealthReport.Accelerator;
import dev.facefusion.operator.decide.HealthReport.Models;
import dev.facefusion.operator.decide.HealthReport.State;
import dev.facefusion.operator.decide.Poll;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthJsonTest {
    /// What the runtime's tests have written: the contract between the two.
    private static final Path CONTRACT = Path.of("../tests/contract");

    static List<Path> contract() throws IOException {
        try (var files = Files.list(CONTRACT)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("contract")
    void readsEveryReportOfTheContract(Path file) throws IOException {
        assertThat(HealthJson.read(Files.readAllBytes(file))).isInstanceOf(Poll.Answered.class);
    }

    @ParameterizedTest
    @CsvSource({
        "health-ready-idle, HEALTHY, LOADED, AS_REQUESTED",
        "health-busy, HEALTHY, LOADED, AS_REQUESTED",
        "health-starting, HEALTHY, NOT_LOADED, UNREPORTED",
        "health-failed, DEGRADED, NOT_LOADED, UNREPORTED",
        "health-degraded-cpu-fallback, DEGRADED, LOADED, FALLBACK",
        "health-draining, DRAINING, LOADED, AS_REQUESTED",
        "health-stalled, STALLED, LOADED, AS_REQUESTED",
        "health-gpu-lost, DEGRADED, LOADED, AS_REQUESTED",
        "health-gpu-stale, DEGRADED, LOADED, AS_REQUESTED",
    })
    void understandsEachStateOfTheContract(
            String file, State state, Models models, Accelerator accelerator) throws IOException {
        // when
        var report = report(Files.readString(CONTRACT.resolve(file + ".json")));

        // then
        assertThat(report.state()).isEqualTo(state);
        assertThat(report.models()).isEqualTo(models);
        assertThat(report.accelerator()).isEqualTo(accelerator);
    }

    @Test
    void readsTheFigures() {
        // when
        var report =
                report(
                        """
                        {"status": "healthy", "task_queue_length": 3, "tasks_in_flight": 1,
                         "seconds_since_progress": 2.7, "stall_threshold_seconds": 120,
                         "inference_ms": {"p95": 240},
                         "gpus": [{"gpu_memory_used_mb": 8192, "gpu_memory_total_mb": 16384},
                                  {"gpu_memory_used_mb": 1}]}
                        """);

        // then
        assertThat(report.tasks().queued()).hasValue(3);
        assertThat(report.tasks().inFlight()).hasValue(1);
        assertThat(report.tasks().secondsSinceProgress()).hasValue(2);
        assertThat(report.inferenceP95Milliseconds()).hasValue(240);
        assertThat(report.gpus().getFirst().memoryUsedPercent()).hasValue(50);
        assertThat(report.gpus().getLast().memoryUsedPercent()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"health-gpu, 1, 9", "health-gpu-eight, 8, 9", "health-gpu-mig, 2, 12"})
    void readsTheGpusOfTheContract(String file, int count, int memoryUsedPercent)
            throws IOException {
        // when
        var gpus = report(Files.readString(CONTRACT.resolve(file + ".json"))).gpus();

        // then
        assertThat(gpus)
                .hasSize(count)
                .allSatisfy(gpu -> assertThat(gpu.memoryUsedPercent()).hasValue(memoryUsedPercent));
    }

    @Test
    void knowsNoMemoryOfALostGpu() throws IOException {
        // when
        var gpus = report(Files.readString(CONTRACT.resolve("health-gpu-lost.json"))).gpus();

        // then
        assertThat(gpus.getFirst().memoryUsedPercent()).isEmpty();
        assertThat(gpus.getLast().memoryUsedPercent()).hasValue(9);
    }

    @Test
    void neverGuessesWhatIsMissing() {
        // when
        var report = report("{\"status\": \"healthy\"}");

        // then
        assertThat(report.models()).isEqualTo(Models.UNREPORTED);
        assertThat(report.accelerator()).isEqualTo(Accelerator.UNREPORTED);
        assertThat(report.tasks().queued()).isEmpty();
        assertThat(report.gpus()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"many\"", "-1", "{}", "[1]", "true"})
    void takesAFieldOfTheWrongTypeForMissing(String value) {
        // when
        var report =
                report(
                        """
                        {"status": "healthy", "task_queue_length": %1$s, "inference_ms": %1$s,
                         "model_loaded": 1, "tasks_in_flight": %1$s}
                        """
                                .formatted(value));

        // then
        assertThat(report.tasks().queued()).isEmpty();
        assertThat(report.tasks().inFlight()).isEmpty();
        assertThat(report.inferenceP95Milliseconds()).isEmpty();
        assertThat(report.models()).isEqualTo(Models.UNREPORTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ok",
                "{}",
                "[]",
                "{\"status\": 1}",
                "{\"status\": \"healthy\"",
                "<html>"
            })
    void callsAnythingElseUnreadable(String body) {
        assertThat(HealthJson.read(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Poll.Unreadable.class);
    }

    private static HealthReport report(String json) {
        var poll = HealthJson.read(json.getBytes(StandardCharsets.UTF_8));
        assertThat(poll).isInstanceOf(Poll.Answered.class);
        return ((Poll.Answered) poll).report();
    }
}

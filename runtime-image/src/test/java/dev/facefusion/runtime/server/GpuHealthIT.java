package dev.facefusion.runtime.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facefusion.runtime.gpu.NvmlStub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// GPUs as a running server reports them, played by a stub of the driver's library.
@Timeout(180)
class GpuHealthIT {

    private static final Duration PERIOD = Duration.ofMillis(20);
    // A report that waits for the driver would take minutes.
    private static final long BOUND_MICROS = 10_000_000;

    @TempDir private Path folder = Path.of("");

    @Test
    void reportsTheGpusInHealthAndMetrics() throws Exception {
        // given
        var stub = NvmlStub.in(folder).plays("gpus 2", "set throttle 1 0x40");

        // when
        try (var server = start(stub)) {
            var gpus = awaitGpus(server);

            // then
            assertThat(gpus).hasSize(2);
            assertThat(gpus.get(0).get("gpu_memory_used_mb").asInt()).isEqualTo(7_421);
            assertThat(server.health().has("gpus_error")).isFalse();
            assertThat(new String(server.get("/metrics").body(), UTF_8))
                    .contains(
                            "fusion_gpu_memory_used_bytes{uuid=\"GPU-00000000-0000-0000-0000-000000000000\"}"
                                    + " 7.781482496E9",
                            "fusion_gpu_throttled{reason=\"hw_thermal_slowdown\","
                                    + "uuid=\"GPU-00000000-0000-0000-0000-000000000001\"} 1.0",
                            "fusion_gpu_throttled{reason=\"sw_power_cap\","
                                    + "uuid=\"GPU-00000000-0000-0000-0000-000000000001\"} 0.0",
                            "fusion_memory_limit_bytes");
        }
    }

    @Test
    void goesOnServingWithALostGpuAndSaysSo() throws Exception {
        // given
        var stub = NvmlStub.in(folder).plays("gpus 2");
        try (var server = start(stub)) {
            awaitGpus(server);

            // when
            stub.plays("gpus 2", "lost 1", "xid 1 79 1");

            // then
            await().untilAsserted(() ->
                    assertThat(reasons(server)).containsExactly("gpu_lost", "gpu_xid"));
            var report = server.get("/health");
            assertThat(report.statusCode()).isEqualTo(200);
            assertThat(server.get("/ready").statusCode()).isEqualTo(200);
            var lost = RunningServer.json(report).get("gpus").get(1);
            assertThat(lost.get("lost").asBoolean()).isTrue();
            assertThat(lost.get("xid_last").asInt()).isEqualTo(79);
            assertThat(lost.has("gpu_memory_used_mb")).isFalse();
            var metrics = new String(server.get("/metrics").body(), UTF_8);
            assertThat(metrics)
                    .contains(
                            "fusion_gpu_lost{uuid=\"GPU-00000000-0000-0000-0000-000000000001\"} 1",
                            "fusion_gpu_xid_total{uuid=\"GPU-00000000-0000-0000-0000-000000000001\","
                                    + "xid=\"79\"} 1");
        }
    }

    /// The figures go to `target/health-latency-gpu.txt`.
    @Test
    void answersAsQuicklyAsEverWhileTheDriverHangs() throws Exception {
        // given
        var stub = NvmlStub.in(folder).plays();
        try (var server = start(stub)) {
            awaitGpus(server);
            var before = probe(server, Duration.ofSeconds(5));

            // when
            stub.plays("block nvmlDeviceGetMemoryInfo_v2 600");
            await().until(stub::blocks);
            var during = probe(server, Duration.ofSeconds(14));

            // then
            var figures = figures("before", before) + figures("driver hangs", during);
            Files.writeString(Path.of("target/health-latency-gpu.txt"), figures);
            assertThat(during.getLast()).as(figures).isLessThan(BOUND_MICROS);
            var report = server.health();
            assertThat(reasons(server)).containsExactly("gpu_telemetry_stale");
            assertThat(report.get("gpus_error").asText())
                    .matches(
                            "NVML does not answer: nvmlDeviceGetMemoryInfo_v2 has not returned for"
                                    + " [0-9]+ s\\. The GPU figures are [0-9]+ s old\\.");
            assertThat(report.get("gpus_age_seconds").asInt()).isBetween(10, 60);
            assertThat(report.get("gpus").get(0).get("gpu_memory_used_mb").asInt())
                    .isEqualTo(7_421);
            assertThat(new String(server.get("/metrics").body(), UTF_8))
                    .containsPattern("fusion_gpu_telemetry_age_seconds [1-6][0-9]")
                    .doesNotContain("fusion_gpu_memory_used_bytes");

            // when
            stub.plays();

            // then
            await().untilAsserted(() -> assertThat(reasons(server)).isEmpty());
        }
    }

    private static RunningServer start(NvmlStub stub) {
        var environment = Map.of("NVML_LIBRARY", stub.library().toString());
        return RunningServer.start(environment, FakeEngine.warm()).awaitReady();
    }

    private static JsonNode awaitGpus(RunningServer server) {
        return await().until(() -> server.health().path("gpus"), gpus -> !gpus.isEmpty());
    }

    private static List<String> reasons(RunningServer server)
            throws IOException, InterruptedException {
        return server.health().get("reasons").valueStream().map(JsonNode::asText).toList();
    }

    /// How long each answer took, in microseconds, sorted.
    private static List<Long> probe(RunningServer server, Duration time)
            throws IOException, InterruptedException {
        var micros = new ArrayList<Long>();
        for (var end = System.nanoTime() + time.toNanos(); System.nanoTime() - end < 0; ) {
            var start = System.nanoTime();
            assertThat(server.get("/health").statusCode()).isEqualTo(200);
            micros.add((System.nanoTime() - start) / 1000);
            LockSupport.parkNanos(PERIOD.toNanos());
        }
        return micros.stream().sorted().toList();
    }

    private static String figures(String name, List<Long> micros) {
        return "%s: %d answers, p50 %d us, p99 %d us, max %d us%n"
                .formatted(
                        name,
                        micros.size(),
                        micros.get(micros.size() / 2),
                        micros.get(micros.size() * 99 / 100),
                        micros.getLast());
    }
}

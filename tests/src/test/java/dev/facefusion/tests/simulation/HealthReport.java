package dev.facefusion.tests.simulation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facefusion.tests.simulation.Behaviour.Kind;
import java.time.Duration;
import java.time.Instant;

/// What a simulated runtime knows of itself, and its form as the health JSON.
///
/// @param sinceFault how long the behaviour has lasted
/// @param gpu UUID of the one GPU
public record HealthReport(
        Instant now,
        String instance,
        Instant startedAt,
        boolean modelsLoaded,
        boolean draining,
        int tasksInFlight,
        int queued,
        long completed,
        Duration sinceProgress,
        Workload workload,
        Behaviour behaviour,
        Duration sinceFault,
        String gpu) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DIGEST = "f".repeat(64);
    private static final int OTHERS_MEMORY = 500;
    private static final int USUAL_PERCENT = 25;
    private static final int USUAL_P95 = 240;

    String json() {
        ObjectNode report = JSON.createObjectNode();
        report.put("schema_version", 1).put("status", status());
        addReasons(report.putArray("reasons"));
        report.put("timestamp", now.getEpochSecond())
                .put("uptime_seconds", Duration.between(startedAt, now).toSeconds())
                .put("cpu_usage_percent", 37.5)
                .put("memory_used_mb", 700)
                .put("memory_total_mb", 2048);
        addGpu(report);
        report.put("model_loaded", modelsLoaded)
                .put("process_count", 1)
                .put("task_queue_length", queued)
                .put("instance_id", instance)
                .put("started_at", startedAt.getEpochSecond())
                .put("accepting", modelsLoaded && !draining)
                .put("draining", draining);
        addTasks(report);
        report.put("model_digest", DIGEST).put("gpus_age_seconds", 0).putObject("custom");
        return report.toString();
    }

    private void addReasons(ArrayNode reasons) {
        if (fallback()) {
            reasons.add("cpu_fallback");
        }
        if (gpuLost()) {
            reasons.add("gpu_lost").add("gpu_xid");
        }
    }

    String readiness() {
        String status = modelsLoaded && !draining ? "healthy" : "unready";
        return JSON.createObjectNode().put("status", status).toString();
    }

    boolean ready() {
        return modelsLoaded && !draining;
    }

    private String status() {
        if (draining) {
            return "draining";
        }
        if (tasksInFlight > 0 && sinceProgress.compareTo(workload.stallThreshold()) > 0) {
            return "stalled";
        }
        return fallback() || gpuLost() ? "degraded" : "healthy";
    }

    private void addTasks(ObjectNode report) {
        report.put("tasks_in_flight", tasksInFlight)
                .put("tasks_completed_total", completed)
                .put("tasks_failed_total", 0)
                .put("task_queue_capacity", 1000);
        if (tasksInFlight > 0) {
            report.put("oldest_task_seconds", sinceProgress.toSeconds());
        }
        report.put("seconds_since_progress", sinceProgress.toSeconds())
                .put("stall_threshold_seconds", workload.stallThreshold().toSeconds());
        if (!modelsLoaded) {
            return;
        }
        long p50 = Math.min(workload.taskTime().toMillis(), p95());
        report.put("last_inference_ms", p50)
                .putObject("inference_ms")
                .put("p50", p50)
                .put("p95", p95())
                .put("p99", p95() * 5 / 4)
                .put("count", 120)
                .put("window_seconds", 300);
        ObjectNode provider = report.putObject("execution_provider");
        provider.putArray("requested").add("cuda");
        provider.put("active", fallback() ? "cpu" : "cuda").put("cpu_fallback", fallback());
    }

    private long p95() {
        long usual = Math.max(USUAL_P95, workload.taskTime().toMillis() * 4 / 3);
        return behaviour.kind() == Kind.SLOW
                ? (long) behaviour.figure("p95", (double) usual)
                : usual;
    }

    private void addGpu(ObjectNode report) {
        ObjectNode entry =
                report.putArray("gpus")
                        .addObject()
                        .put("index", 0)
                        .put("name", "Simulated GPU")
                        .put("uuid", gpu)
                        .put("lost", gpuLost())
                        .put("reset_required", false);
        if (gpuLost()) {
            entry.put("xid_last", 79).put("xid_last_class", "hardware");
            return;
        }
        int used = used();
        entry.put("gpu_utilization_percent", 83)
                .put("gpu_memory_used_mb", used)
                .put("gpu_memory_total_mb", workload.gpuMemory())
                .put("gpu_memory_free_mb", workload.gpuMemory() - used)
                .put("process_memory_used_mb", used - OTHERS_MEMORY)
                .put("temperature_celsius", 54)
                .put("ecc_uncorrected", 0);
    }

    private int used() {
        int usual = workload.gpuMemory() * USUAL_PERCENT / 100;
        if (behaviour.kind() != Kind.MEMORY) {
            return usual;
        }
        double base = workload.gpuMemory() * behaviour.figure("percent", USUAL_PERCENT) / 100;
        double growth =
                behaviour.figure("megabytesPerMinute", 0) * sinceFault.toMillis() / 60_000.0;
        return (int) Math.min(base + growth, workload.gpuMemory());
    }

    private boolean fallback() {
        return behaviour.kind() == Kind.CPU_FALLBACK;
    }

    private boolean gpuLost() {
        return behaviour.kind() == Kind.GPU_LOST;
    }
}

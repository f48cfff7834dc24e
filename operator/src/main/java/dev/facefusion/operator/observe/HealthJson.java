package dev.facefusion.operator.observe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facefusion.operator.decide.Gpu;
import dev.facefusion.operator.decide.HealthReport;
import dev.facefusion.operator.decide.HealthReport.Accelerator;
import dev.facefusion.operator.decide.HealthReport.Models;
import dev.facefusion.operator.decide.HealthReport.State;
import dev.facefusion.operator.decide.Poll;
import dev.facefusion.operator.decide.Tasks;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;

/// The health JSON as a report. Fields that are unknown are ignored; a field that is absent, null
/// or of the wrong type is not reported, and never guessed. Only `status` must be there, since an
/// answer without it is not from a runtime.
final class HealthJson {
    private static final JsonMapper JSON = new JsonMapper();

    private HealthJson() {}

    static Poll read(byte[] body) {
        try {
            var json = JSON.readTree(body);
            return json.path("status").isTextual()
                    ? new Poll.Answered(report(json))
                    : new Poll.Unreadable("no status");
        } catch (IOException e) {
            return new Poll.Unreadable(e.getClass().getSimpleName());
        }
    }

    private static HealthReport report(JsonNode json) {
        return new HealthReport(
                state(json),
                models(json.path("model_loaded")),
                accelerator(json.path("execution_provider").path("cpu_fallback")),
                tasks(json),
                count(json.path("inference_ms").path("p50")),
                count(json.path("inference_ms").path("p95")),
                StreamSupport.stream(json.path("gpus").spliterator(), false)
                        .map(HealthJson::gpu)
                        .toList(),
                count(json.path("gpus_age_seconds")),
                text(json.path("instance_id")),
                text(json.path("model_digest")));
    }

    private static Tasks tasks(JsonNode json) {
        return new Tasks(
                count(json.path("tasks_in_flight")),
                count(json.path("task_queue_length")),
                total(json.path("tasks_completed_total")),
                count(json.path("seconds_since_progress")));
    }

    private static State state(JsonNode json) {
        if (json.path("draining").asBoolean(false)) {
            return State.DRAINING;
        }
        return switch (json.path("status").textValue()) {
            case "draining" -> State.DRAINING;
            case "stalled" -> State.STALLED;
            case "degraded" -> State.DEGRADED;
            default -> State.HEALTHY;
        };
    }

    private static Models models(JsonNode loaded) {
        if (!loaded.isBoolean()) {
            return Models.UNREPORTED;
        }
        return loaded.booleanValue() ? Models.LOADED : Models.NOT_LOADED;
    }

    private static Accelerator accelerator(JsonNode fallback) {
        if (!fallback.isBoolean()) {
            return Accelerator.UNREPORTED;
        }
        return fallback.booleanValue() ? Accelerator.FALLBACK : Accelerator.AS_REQUESTED;
    }

    private static Gpu gpu(JsonNode gpu) {
        return new Gpu(
                text(gpu.path("uuid")),
                count(gpu.path("gpu_memory_used_mb")),
                count(gpu.path("gpu_memory_total_mb")),
                count(gpu.path("process_memory_used_mb")),
                gpu.path("lost").asBoolean(false) || gpu.path("reset_required").asBoolean(false));
    }

    private static Optional<String> text(JsonNode value) {
        return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
    }

    private static OptionalInt count(JsonNode value) {
        return value.isNumber() && value.doubleValue() >= 0
                ? OptionalInt.of((int) Math.min(Integer.MAX_VALUE, value.doubleValue()))
                : OptionalInt.empty();
    }

    private static OptionalLong total(JsonNode value) {
        return value.isNumber() && value.doubleValue() >= 0
                ? OptionalLong.of(value.longValue())
                : OptionalLong.empty();
    }
}

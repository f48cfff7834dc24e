package dev.facefusion.runtime.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.facefusion.runtime.health.DegradedReason;
import dev.facefusion.runtime.health.HealthReport;
import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `GET /v1/status`: what a client of the task API should know before it sends a task. The health
/// port tells more, and may not be open to clients.
public final class StatusHandler implements Handler {

    private final Supplier<HealthReport> health;
    private final Policy policy;

    private StatusHandler(Supplier<HealthReport> health, Policy policy) {
        this.health = health;
        this.policy = policy;
    }

    public static Endpoint endpoint(Supplier<HealthReport> health, Policy policy) {
        return new Endpoint(Method.GET, "/v1/status", new StatusHandler(health, policy));
    }

    /// What holds for every task.
    ///
    /// @param workers tasks that run at once
    public record Policy(
            int workers,
            long maxBodyBytes,
            boolean consentRequired,
            Authentication authentication) {}

    /// Whether a client must say who it is.
    public enum Authentication {
        @JsonProperty("none")
        NONE,
        @JsonProperty("required")
        REQUIRED
    }

    /// @param estimatedWaitSeconds until a task that is sent now would begin; left out where none
    ///   is accepted or no swap has been timed lately
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Body(
            HealthReport.Status status,
            List<DegradedReason> reasons,
            boolean accepting,
            boolean draining,
            int tasksInFlight,
            int taskQueueLength,
            int taskQueueCapacity,
            @Nullable Long estimatedWaitSeconds,
            HealthReport.@Nullable InferenceLatency inferenceMs,
            boolean consentRequired,
            Authentication authentication,
            long maxBodyBytes) {}

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        var report = health.get();
        var body =
                new Body(
                        report.status(),
                        report.reasons(),
                        report.accepting(),
                        report.draining(),
                        report.tasksInFlight(),
                        report.taskQueueLength(),
                        report.taskQueueCapacity(),
                        estimatedWait(report),
                        report.inferenceMs(),
                        policy.consentRequired(),
                        policy.authentication(),
                        policy.maxBodyBytes());
        Responses.send(request, response, 200, "application/json", Responses.json(body));
    }

    private @Nullable Long estimatedWait(HealthReport report) {
        if (!report.accepting()) {
            return null;
        }
        var waiting = report.taskQueueLength();
        var running = report.tasksInFlight();
        if (waiting == 0 && running < policy.workers()) {
            return 0L;
        }
        var latency = report.inferenceMs();
        return latency == null
                ? null
                : secondsFor((long) waiting + running, latency.p50(), policy.workers());
    }

    /// The time that so many tasks take, each the median time, shared by the workers; rounded up.
    static long secondsFor(long tasks, long medianMillis, int workers) {
        return Math.ceilDiv(tasks * medianMillis, workers * 1000L);
    }
}

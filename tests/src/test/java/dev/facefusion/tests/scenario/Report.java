package dev.facefusion.tests.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the resource's status says.
///
/// @param kstatus what kstatus reads from it
public record Report(
        Map<String, Condition> conditions,
        int ready,
        List<Complaint> unhealthy,
        Scaling scaling,
        String kstatus) {
    public Report {
        conditions = Map.copyOf(conditions);
        unhealthy = List.copyOf(unhealthy);
    }

    record Condition(String status, String reason) {}

    /// @param pod its ordinal, -1 where nobody has seen such a pod
    record Complaint(int pod, String reason, String step, String blockedBy) {
        String line() {
            return "%d %s%s%s"
                    .formatted(
                            pod,
                            reason,
                            step.isEmpty() ? "" : " step " + step,
                            blockedBy.isEmpty() ? "" : " blocked by " + blockedBy);
        }
    }

    record Scaling(Optional<Integer> desiredReplicas, String reason, String limitedBy) {}

    /// Reads the status as the API server returns it.
    ///
    /// @param ordinals of pods by name
    public static Report of(JsonNode status, ToIntFunction<String> ordinals, String kstatus) {
        var conditions = new TreeMap<String, Condition>();
        status.path("conditions")
                .forEach(condition ->
                        conditions.put(
                                condition.path("type").asText(),
                                new Condition(
                                        condition.path("status").asText(),
                                        condition.path("reason").asText())));
        var unhealthy = new ArrayList<Complaint>();
        status.path("unhealthyPods")
                .forEach(pod ->
                        unhealthy.add(
                                new Complaint(
                                        ordinals.applyAsInt(pod.path("name").asText()),
                                        pod.path("reason").asText(),
                                        pod.path("step").asText(),
                                        pod.path("blockedBy").asText())));
        JsonNode scaling = status.path("scaling");
        return new Report(
                conditions,
                status.path("readyReplicas").asInt(),
                unhealthy,
                new Scaling(
                        scaling.has("desiredReplicas")
                                ? Optional.of(scaling.path("desiredReplicas").asInt())
                                : Optional.empty(),
                        scaling.path("reason").asText(),
                        scaling.path("limitedBy").asText()),
                kstatus);
    }

    /// Every wanted replica serves, and the operator has seen that for itself.
    public boolean calm() {
        return kstatus.equals("Current") && is("Ready", "True") && is("HealthDataFresh", "True");
    }

    private boolean is(String type, String status) {
        return Optional.ofNullable(condition(type))
                .filter(condition -> condition.status().equals(status))
                .isPresent();
    }

    @Nullable Condition condition(String type) {
        return conditions.get(type);
    }

    String line() {
        String flags =
                new TreeMap<>(conditions)
                        .entrySet().stream()
                                .map(entry ->
                                        "%s=%s/%s"
                                                .formatted(
                                                        entry.getKey(),
                                                        entry.getValue().status(),
                                                        entry.getValue().reason()))
                                .collect(Collectors.joining(" "));
        String complaints =
                unhealthy.stream().map(Complaint::line).collect(Collectors.joining("; "));
        return "%s, %d ready, %s%s%s"
                .formatted(
                        kstatus,
                        ready,
                        flags,
                        scaling.desiredReplicas()
                                .map(desired ->
                                        ", scaling to %d %s %s"
                                                .formatted(
                                                        desired,
                                                        scaling.reason(),
                                                        scaling.limitedBy()))
                                .orElse(""),
                        complaints.isEmpty() ? "" : ", unhealthy: " + complaints);
    }
}

package dev.facefusion.tests.scenario;

import dev.facefusion.tests.scenario.Sighting.Announced;
import dev.facefusion.tests.scenario.Sighting.Done;
import dev.facefusion.tests.scenario.Sighting.PodSeen;
import dev.facefusion.tests.scenario.Sighting.Reported;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Looks for what should not have been seen.
record ProhibitionCheck(Observed observed) {
    /// Events that say what is not done, or that something is only reported.
    private static final Set<String> NOT_DONE = Set.of("Defer", "Report");

    Finding check(Ban ban) {
        Window window = ban.window();
        return switch (ban.prohibition()) {
            case Prohibition.Acts(var action, var pods) ->
                    none(
                            "no action %s of %s".formatted(action, pods),
                            window,
                            actions(action, pods));
            case Prohibition.Deeds(var deeds, var pods) ->
                    none(
                            "%s not done to %s"
                                    .formatted(deeds.size() == 1 ? deeds : "anything", pods),
                            window,
                            observed.since0(Done.class)
                                    .filter(done -> deeds.contains(done.deed()))
                                    .filter(done -> observed.concerns(pods, done.pod())));
            case Prohibition.Condition(var type, var status) ->
                    none(
                            "%s is never %s".formatted(type, status),
                            window,
                            observed.since0(Reported.class)
                                    .filter(seen -> has(seen.report(), type, status)));
            case Prohibition.Unhealthy(var pods) ->
                    none(
                            "never unhealthy: " + pods,
                            window,
                            observed.since0(Reported.class)
                                    .filter(seen ->
                                            seen.report().unhealthy().stream()
                                                    .anyMatch(pod ->
                                                            pods.contain(
                                                                    pod.pod(),
                                                                    observed.initial()))));
            case Prohibition.OutOfService(var limit) ->
                    none(
                            "never more than %d out of service".formatted(limit),
                            window,
                            crowds(limit));
            case Prohibition.Turns(var limit) -> turns(limit);
        };
    }

    private Stream<Announced> actions(String action, Pods pods) {
        return observed.since0(Announced.class)
                .filter(event -> !NOT_DONE.contains(event.action()))
                .filter(event -> action.equals("any") || event.action().equals(action))
                .filter(event -> observed.concerns(pods, event.pod()));
    }

    private static boolean has(Report report, String type, String status) {
        var condition = report.condition(type);
        return condition != null && condition.status().equals(status);
    }

    /// Moments at which too many pods are out of service.
    private Stream<PodSeen> crowds(int limit) {
        var states = new HashMap<Integer, PodState>();
        return observed.all(PodSeen.class)
                .filter(seen -> {
                    states.put(seen.pod(), seen.state());
                    long out = states.values().stream().filter(PodState::outOfService).count();
                    return out > limit && !seen.at().isNegative();
                });
    }

    private Finding turns(int limit) {
        List<Integer> scales = observed.scales();
        int turns = 0;
        int direction = 0;
        for (int i = 1; i < scales.size(); i++) {
            int next = Integer.signum(scales.get(i) - scales.get(i - 1));
            turns += direction != 0 && next != 0 && next != direction ? 1 : 0;
            direction = next == 0 ? direction : next;
        }
        return Finding.of(
                turns <= limit,
                "replicas change their direction at most %d times".formatted(limit),
                "replicas were " + scales);
    }

    private static Finding none(String what, Window window, Stream<? extends Sighting> found) {
        Optional<? extends Sighting> first =
                found.filter(seen -> window.contains(seen.at())).findFirst();
        return Finding.of(
                first.isEmpty(),
                what + " " + window,
                first.map(seen ->
                                "at %.1f s %s"
                                        .formatted(seen.at().toMillis() / 1000.0, seen.line()))
                        .orElse(""));
    }
}

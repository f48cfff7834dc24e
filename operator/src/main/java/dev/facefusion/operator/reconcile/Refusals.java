package dev.facefusion.operator.reconcile;

import dev.facefusion.operator.act.Outcome;
import dev.facefusion.operator.act.Outcome.Refused;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Evictions that a disruption budget has refused, and when to try each again: ever later, up to
/// `LONGEST`. Only this operator's memory: another one simply tries at once.
final class Refusals {
    static final Duration FIRST = Duration.ofSeconds(10);
    static final Duration LONGEST = Duration.ofMinutes(2);

    /// Long after an eviction was last refused, its pod is gone or evicted.
    private static final Duration FORGOTTEN = Duration.ofMinutes(30);

    private record Refusal(Duration pause, Instant until) {}

    private final Map<String, Refusal> byUid = new ConcurrentHashMap<>();
    private final Clock clock;

    Refusals(Clock clock) {
        this.clock = clock;
    }

    /// Until when not to try again, by the pod's UID; also those whose time has come.
    Map<String, Instant> all() {
        var now = clock.instant();
        byUid.values().removeIf(refusal -> now.isAfter(refusal.until().plus(FORGOTTEN)));
        return byUid.entrySet().stream()
                .collect(
                        Collectors.toUnmodifiableMap(
                                Map.Entry::getKey, entry -> entry.getValue().until()));
    }

    /// Whether anything was refused.
    boolean note(List<Outcome> outcomes) {
        var refused =
                outcomes.stream()
                        .filter(Refused.class::isInstance)
                        .map(Refused.class::cast)
                        .toList();
        refused.forEach(each ->
                byUid.compute(each.pod().uid(), (_, before) -> next(before, clock.instant())));
        return !refused.isEmpty();
    }

    private static Refusal next(@Nullable Refusal before, Instant now) {
        var pause =
                before == null
                        ? FIRST
                        : before.pause().multipliedBy(2).compareTo(LONGEST) < 0
                                ? before.pause().multipliedBy(2)
                                : LONGEST;
        return new Refusal(pause, now.plus(pause));
    }
}

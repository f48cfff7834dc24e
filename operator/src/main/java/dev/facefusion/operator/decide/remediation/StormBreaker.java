package dev.facefusion.operator.decide.remediation;

import dev.facefusion.operator.decide.PodHealth.Ailing;
import dev.facefusion.operator.decide.PodHealth.Draining;
import dev.facefusion.operator.decide.PodHealth.Faulty;
import dev.facefusion.operator.decide.PodHealth.Serving;
import dev.facefusion.operator.decide.PodHealth.Starting;
import dev.facefusion.operator.decide.PodHealth.Unknown;
import dev.facefusion.operator.decide.PodHealth.Unseen;
import dev.facefusion.operator.decide.PodVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Tells a storm from a few sick pods: the threshold's share of those that are up, or more, and at
/// least two, are dark or failing. Pods that are on their way up or down do not count: those under
/// treatment are what they are because of us.
final class StormBreaker {
    private static final int FEWEST = 2;

    private StormBreaker() {}

    static Optional<Storm> judge(
            Ledger before,
            List<PodVerdict> verdicts,
            int thresholdPercent,
            Duration cooldown,
            Instant now) {
        var counted = verdicts.stream().filter(StormBreaker::up).toList();
        long dark = counted.stream().filter(StormBreaker::darkOrFailing).count();
        return dark >= FEWEST && 100 * dark >= (long) thresholdPercent * counted.size()
                ? Optional.of(Storm.outbreak(before.storm(), now))
                : before.storm().flatMap(storm -> storm.abating(cooldown, now));
    }

    private static boolean up(PodVerdict verdict) {
        return switch (verdict.health()) {
            case Serving _, Ailing _, Unseen _, Unknown _ -> true;
            case Faulty _ -> darkOrFailing(verdict);
            case Starting _, Draining _ -> false;
        };
    }

    private static boolean darkOrFailing(PodVerdict verdict) {
        return switch (verdict.health()) {
            case Unknown _ -> true;
            case Faulty _ -> Sickness.of(verdict).isPresent() || Sickness.down(verdict);
            case Serving _, Ailing _, Starting _, Draining _, Unseen _ -> false;
        };
    }
}

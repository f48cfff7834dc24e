package dev.facefusion.operator.decide.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Pods that were added and removed, oldest first.
record Changes(List<Change> changes) {
    /// More than this are never remembered: the oldest two become one, of the later time.
    private static final int MOST = 64;

    /// @param replicas added; negative where they were removed
    record Change(Instant at, int replicas) {}

    Changes {
        changes = List.copyOf(changes);
    }

    static Changes none() {
        return new Changes(List.of());
    }

    /// With what somebody else changed. Where that undoes the newest change, it was not carried
    /// out, and neither is remembered.
    Changes corrected(Instant now, int replicas) {
        return !changes.isEmpty() && changes.getLast().replicas() == -replicas
                ? new Changes(changes.subList(0, changes.size() - 1))
                : with(now, replicas);
    }

    Changes with(Instant now, int replicas) {
        if (replicas == 0) {
            return this;
        }
        var all = new ArrayList<>(changes);
        all.add(new Change(now, replicas));
        if (all.size() > MOST) {
            var first = all.removeFirst();
            var second = all.removeFirst();
            all.addFirst(new Change(second.at(), first.replicas() + second.replicas()));
        }
        return new Changes(all);
    }

    Changes within(Duration period, Instant now) {
        return new Changes(recent(period, now).toList());
    }

    /// Pods added within the period, less those removed.
    int net(Duration period, Instant now) {
        return recent(period, now).mapToInt(Change::replicas).sum();
    }

    /// Pods added within the period.
    int added(Duration period, Instant now) {
        return recent(period, now).mapToInt(Change::replicas).filter(pods -> pods > 0).sum();
    }

    /// When the oldest change of the period has it behind it.
    Optional<Duration> release(Duration period, Instant now) {
        return recent(period, now)
                .findFirst()
                .map(change -> Duration.between(now, change.at().plus(period)));
    }

    private Stream<Change> recent(Duration period, Instant now) {
        return changes.stream().filter(change -> change.at().plus(period).isAfter(now));
    }
}

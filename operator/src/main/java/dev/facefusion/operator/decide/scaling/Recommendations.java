package dev.facefusion.operator.decide.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntBinaryOperator;
import java.util.stream.Stream;

/// What was recommended within a window, as far as it can still be the window's extreme: those that
/// a later one outdoes are forgotten, so that there are never more than there are numbers of pods.
///
/// @param entries oldest first; each is worse than the one before
record Recommendations(List<Entry> entries) {
    /// @param until when another one took its place; until then it holds
    record Entry(Instant until, int replicas) {}

    Recommendations {
        entries = List.copyOf(entries);
    }

    static Recommendations begin(Instant now, int replicas) {
        return new Recommendations(List.of(new Entry(now, replicas)));
    }

    /// These with a new one, and without those that ended before the window.
    ///
    /// @param extreme [Math#max(int, int)] or [Math#min(int, int)]
    Recommendations with(Instant now, int replicas, Duration window, IntBinaryOperator extreme) {
        var last = new Entry(now, entries.getLast().replicas());
        var held = Stream.concat(entries.stream().limit(entries.size() - 1L), Stream.of(last));
        var kept = new ArrayList<Entry>();
        held.filter(entry -> entry.until().plus(window).isAfter(now))
                .filter(entry -> extreme.applyAsInt(entry.replicas(), replicas) != replicas)
                .forEach(kept::add);
        kept.add(new Entry(now, replicas));
        return new Recommendations(kept);
    }

    /// The window's largest or smallest.
    int extreme() {
        return entries.getFirst().replicas();
    }

    /// When the extreme has the window behind it; empty where it is the newest.
    Optional<Duration> release(Instant now, Duration window) {
        return entries.size() == 1
                ? Optional.empty()
                : Optional.of(Duration.between(now, entries.getFirst().until().plus(window)));
    }
}

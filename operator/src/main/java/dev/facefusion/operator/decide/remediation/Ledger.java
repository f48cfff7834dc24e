package dev.facefusion.operator.decide.remediation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What is being done, and what was done lately, about one cluster's pods. It lives in the status.
///
/// @param treatments the oldest first; at most one open per pod
public record Ledger(Optional<Storm> storm, List<Treatment> treatments) {
    public static final Ledger EMPTY = new Ledger(Optional.empty(), List.of());

    /// What the status holds.
    public static final int MAX_TREATMENTS = 32;

    public Ledger {
        treatments = List.copyOf(treatments);
    }

    public List<Treatment> open() {
        return treatments.stream().filter(Treatment::open).toList();
    }

    /// The open treatment of the pod with this UID.
    public Optional<Treatment> open(String uid) {
        return open().stream().filter(treatment -> treatment.pod().uid().equals(uid)).findFirst();
    }

    /// Treatments that began within the window, abandoned ones aside, newest first.
    Stream<Treatment> lately(Duration window, Instant now) {
        return treatments.reversed().stream()
                .filter(treatment -> treatment.stage() != Stage.ABANDONED)
                .filter(treatment -> treatment.since().isAfter(now.minus(window)));
    }

    /// Without what ended before the window, nor more than the status holds.
    Ledger pruned(Duration window, Instant now) {
        Predicate<Treatment> counts =
                treatment -> treatment.open() || treatment.stageSince().isAfter(now.minus(window));
        var kept = treatments.stream().filter(counts).toList();
        long surplus = Math.max(0, kept.size() - MAX_TREATMENTS);
        var dropped = kept.stream().filter(treatment -> !treatment.open()).limit(surplus).toList();
        return new Ledger(
                storm, kept.stream().filter(treatment -> !dropped.contains(treatment)).toList());
    }
}

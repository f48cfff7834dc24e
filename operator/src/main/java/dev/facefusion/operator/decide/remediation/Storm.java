package dev.facefusion.operator.decide.remediation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Too many pods dark or failing at once: the fault is then not theirs, and nothing is done to any.
///
/// @param calmSince empty while it rages
public record Storm(Instant since, Optional<Instant> calmSince) {

    boolean raging() {
        return calmSince.isEmpty();
    }

    static Storm outbreak(Optional<Storm> before, Instant now) {
        return new Storm(before.map(Storm::since).orElse(now), Optional.empty());
    }

    /// The storm without its cause; empty once calm has lasted for the cooldown.
    Optional<Storm> abating(Duration cooldown, Instant now) {
        var calm = new Storm(since, Optional.of(calmSince.orElse(now)));
        return now.isBefore(calm.over(cooldown)) ? Optional.of(calm) : Optional.empty();
    }

    Instant over(Duration cooldown) {
        return calmSince.map(calm -> calm.plus(cooldown)).orElse(Instant.MAX);
    }
}

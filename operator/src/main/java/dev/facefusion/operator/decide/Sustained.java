package dev.facefusion.operator.decide;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Whether a figure has been high for long enough. Time is the samples' own: one that is not newer
/// than the last says nothing, and a gap between two of them begins the count again.
///
/// @param holds whether it has
/// @param since when the samples began to say the contrary of `holds`
/// @param last the newest sample's time
record Sustained(boolean holds, Optional<Instant> since, Instant last) {
    /// Where a sample lies between the level that counts and the level that ends it.
    enum Level {
        HIGH,
        BETWEEN,
        LOW
    }

    /// How long it takes.
    ///
    /// @param onset of nothing but high samples
    /// @param relief of nothing but low samples
    /// @param gap between two samples that may be bridged
    record Pace(Duration onset, Duration relief, Duration gap) {}

    static final Sustained NOT = new Sustained(false, Optional.empty(), Instant.MIN);

    /// Whether the newest sample is high, though none has been for long enough.
    boolean impends() {
        return !holds && since.isPresent();
    }

    Sustained after(Level level, Instant at, Pace pace) {
        if (!at.isAfter(last)) {
            return this;
        }
        if (level != (holds ? Level.LOW : Level.HIGH)) {
            return new Sustained(holds, Optional.empty(), at);
        }
        boolean unbroken = since.isPresent() && !at.minus(pace.gap()).isAfter(last);
        var start = unbroken ? since.orElseThrow() : at;
        var needed = holds ? pace.relief() : pace.onset();
        return Duration.between(start, at).compareTo(needed) < 0
                ? new Sustained(holds, Optional.of(start), at)
                : new Sustained(!holds, Optional.empty(), at);
    }
}

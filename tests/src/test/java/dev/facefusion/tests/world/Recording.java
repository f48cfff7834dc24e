package dev.facefusion.tests.world;

import dev.facefusion.tests.scenario.Observed;
import dev.facefusion.tests.scenario.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// What has been seen of one scenario so far; when time zero was is told in the end.
final class Recording {
    private final List<Entry> entries = new ArrayList<>();

    private record Entry(Instant at, Function<Duration, Sighting> sighting) {}

    void add(Instant at, Function<Duration, Sighting> sighting) {
        synchronized (entries) {
            entries.add(new Entry(at, sighting));
        }
    }

    void add(Function<Duration, Sighting> sighting) {
        add(Instant.now(), sighting);
    }

    Observed from(Instant zero, int initial) {
        synchronized (entries) {
            return new Observed(
                    initial,
                    entries.stream()
                            .map(entry ->
                                    entry.sighting().apply(Duration.between(zero, entry.at())))
                            .toList());
        }
    }
}

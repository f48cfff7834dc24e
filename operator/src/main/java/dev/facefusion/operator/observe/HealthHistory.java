package dev.facefusion.operator.observe;

import dev.facefusion.operator.decide.HealthPolicy;
import dev.facefusion.operator.decide.HealthTrack;
import dev.facefusion.operator.decide.Poll;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// What the polls have shown of each pod instance. One entry of bounded size per instance that is
/// watched, and none of any other.
final class HealthHistory {
    private record Entry(HealthTrack track, HealthReading reading) {}

    private final Map<PodInstance, Entry> entries = new ConcurrentHashMap<>();

    void begin(PodInstance instance, Instant at) {
        var track = HealthTrack.begin(at);
        entries.putIfAbsent(instance, new Entry(track, HealthReading.of(instance, track)));
    }

    /// Whether the poll has changed anything worth looking at.
    boolean add(PodInstance instance, Poll poll, Instant at, HealthPolicy policy) {
        var before = entries.get(instance);
        var after =
                entries.computeIfPresent(
                        instance,
                        (_, entry) -> {
                            var track = entry.track().after(poll, at, policy);
                            return new Entry(track, entry.reading().next(track));
                        });
        return before != null && after != null && !after.reading().equals(before.reading());
    }

    void forget(PodInstance instance) {
        entries.remove(instance);
    }

    Optional<HealthTrack> track(PodInstance instance) {
        return Optional.ofNullable(entries.get(instance)).map(Entry::track);
    }

    Set<HealthReading> readings(Collection<PodInstance> instances) {
        return instances.stream()
                .flatMap(instance -> Optional.ofNullable(entries.get(instance)).stream())
                .map(Entry::reading)
                .collect(Collectors.toUnmodifiableSet());
    }
}

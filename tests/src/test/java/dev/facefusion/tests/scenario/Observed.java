package dev.facefusion.tests.scenario;

import dev.facefusion.tests.scenario.Sighting.Done;
import dev.facefusion.tests.scenario.Sighting.PodSeen;
import dev.facefusion.tests.scenario.Sighting.Reported;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Everything that was seen of one scenario, by time.
///
/// @param initial how many pods there were at time zero
public record Observed(int initial, List<Sighting> sightings) {
    public Observed {
        sightings = sightings.stream().sorted(Comparator.comparing(Sighting::at)).toList();
    }

    /// What was seen from time zero on.
    <T extends Sighting> Stream<T> since0(Class<T> kind) {
        return all(kind).filter(sighting -> !sighting.at().isNegative());
    }

    <T extends Sighting> Stream<T> all(Class<T> kind) {
        return sightings.stream().filter(kind::isInstance).map(kind::cast);
    }

    boolean concerns(Pods pods, Optional<Integer> pod) {
        return pod.map(ordinal -> pods.contain(ordinal, initial)).orElse(pods instanceof Pods.All);
    }

    Optional<Report> lastReport() {
        return all(Reported.class).map(Reported::report).reduce((_, later) -> later);
    }

    Map<Integer, PodState> lastStates() {
        var states = new LinkedHashMap<Integer, PodState>();
        all(PodSeen.class).forEach(seen -> states.put(seen.pod(), seen.state()));
        return states;
    }

    /// Numbers of replicas one after the other, without repeats.
    List<Integer> scales() {
        return all(Done.class)
                .filter(done -> done.deed() == Sighting.Deed.SCALED)
                .map(done -> Integer.valueOf(done.detail()))
                .toList();
    }

    String timeline() {
        var lines = new StringBuilder();
        for (Sighting sighting : sightings) {
            lines.append(
                    "%8.1f s  %s%n".formatted(sighting.at().toMillis() / 1000.0, sighting.line()));
        }
        return lines.toString();
    }
}

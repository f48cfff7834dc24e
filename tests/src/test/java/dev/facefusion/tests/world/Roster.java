package dev.facefusion.tests.world;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The pods of a fleet by number, in the order in which they were first seen.
final class Roster {
    private final Map<String, Integer> ordinals = new LinkedHashMap<>();

    synchronized int number(String pod) {
        return ordinals.computeIfAbsent(pod, _ -> ordinals.size());
    }

    synchronized Optional<Integer> find(String pod) {
        return Optional.ofNullable(ordinals.get(pod));
    }

    synchronized int size() {
        return ordinals.size();
    }
}

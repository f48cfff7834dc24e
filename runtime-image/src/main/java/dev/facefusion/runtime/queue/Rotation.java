package dev.facefusion.runtime.queue;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// The waiting tasks of one lane. Clients take turns; a client that comes new gets its first turn
/// after those who wait. Every operation takes constant time but [#position], which takes a step
/// per client and per task of the same client.
final class Rotation<T> {

    // The first client has the next turn. A client without tasks is not in it.
    private final SequencedMap<String, SequencedSet<T>> clients = new LinkedHashMap<>();
    private int size;

    void add(String client, T task) {
        if (!clients.computeIfAbsent(client, _ -> new LinkedHashSet<>()).add(task)) {
            throw new IllegalStateException("the task waits already");
        }
        size++;
    }

    Optional<T> next() {
        var first = clients.pollFirstEntry();
        if (first == null) {
            return Optional.empty();
        }
        var tasks = first.getValue();
        var task = tasks.removeFirst();
        size--;
        if (!tasks.isEmpty()) {
            clients.putLast(first.getKey(), tasks);
        }
        return Optional.of(task);
    }

    boolean remove(String client, T task) {
        var tasks = clients.get(client);
        if (tasks == null || !tasks.remove(task)) {
            return false;
        }
        size--;
        if (tasks.isEmpty()) {
            clients.remove(client);
        }
        return true;
    }

    OptionalInt position(String client, T task) {
        var own = clients.get(client);
        if (own == null || !own.contains(task)) {
            return OptionalInt.empty();
        }
        var before = 0;
        for (var other : own) {
            if (other.equals(task)) {
                break;
            }
            before++;
        }
        var turnsOfOthers = 0;
        var aheadInRound = true;
        for (var entry : clients.entrySet()) {
            if (entry.getKey().equals(client)) {
                aheadInRound = false;
            } else {
                var turns = aheadInRound ? before + 1 : before;
                turnsOfOthers += Math.min(entry.getValue().size(), turns);
            }
        }
        return OptionalInt.of(before + turnsOfOthers);
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    int size(String client) {
        var tasks = clients.get(client);
        return tasks == null ? 0 : tasks.size();
    }
}

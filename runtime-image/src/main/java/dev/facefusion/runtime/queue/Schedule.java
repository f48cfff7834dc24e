package dev.facefusion.runtime.queue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/// In which order waiting tasks get their turns. Pure; for one thread at a time.
///
/// Between lanes: interactive before batch, but at most three turns in a row pass a waiting batch
/// task over. Within a lane: its clients take turns, and each client's tasks run in the order in
/// which they came.
final class Schedule<T> {

    /// Batch gets at least every fourth turn while it waits.
    static final int MAX_PASSED_OVER = 3;

    private final EnumMap<Lane, Rotation<T>> lanes = new EnumMap<>(Lane.class);
    // Interactive turns since batch had one, or since it began to wait.
    private int passedOver;

    Schedule() {
        for (var lane : Lane.values()) {
            lanes.put(lane, new Rotation<>());
        }
    }

    void add(Lane lane, String client, T task) {
        lane(lane).add(client, task);
    }

    /// The task whose turn it is; it no longer waits.
    Optional<T> next() {
        var interactive = lane(Lane.INTERACTIVE);
        var batch = lane(Lane.BATCH);
        if (batch.isEmpty()) {
            passedOver = 0;
            return interactive.next();
        }
        if (interactive.isEmpty() || passedOver == MAX_PASSED_OVER) {
            passedOver = 0;
            return batch.next();
        }
        passedOver++;
        return interactive.next();
    }

    /// Takes a task out of its turn.
    ///
    /// @return false if it does not wait
    boolean remove(Lane lane, String client, T task) {
        return lane(lane).remove(client, task);
    }

    /// How many of the tasks that wait now have their turn before this one; empty if it does not
    /// wait.
    OptionalInt position(Lane lane, String client, T task) {
        var inLane = lane(lane).position(client, task);
        if (inLane.isEmpty()) {
            return inLane;
        }
        var own = inLane.getAsInt();
        return OptionalInt.of(
                switch (lane) {
                    case INTERACTIVE -> own + batchTurnsBefore(own);
                    case BATCH -> own + interactiveTurnsBefore(own);
                });
    }

    int size() {
        return lanes.values().stream().mapToInt(Rotation::size).sum();
    }

    int size(Lane lane) {
        return lane(lane).size();
    }

    /// How many tasks of the client wait in the lane.
    int size(Lane lane, String client) {
        return lane(lane).size(client);
    }

    /// Every waiting task; none waits afterwards.
    List<T> clear() {
        var all = new ArrayList<T>();
        for (var task = next(); task.isPresent(); task = next()) {
            all.add(task.get());
        }
        return all;
    }

    // After every third interactive turn comes one of batch; the first of them may be nearer.
    private int batchTurnsBefore(int interactiveTurns) {
        return Math.min(lane(Lane.BATCH).size(), (interactiveTurns + passedOver) / MAX_PASSED_OVER);
    }

    private int interactiveTurnsBefore(int batchTurns) {
        return Math.min(
                lane(Lane.INTERACTIVE).size(), (batchTurns + 1) * MAX_PASSED_OVER - passedOver);
    }

    private Rotation<T> lane(Lane lane) {
        return Objects.requireNonNull(lanes.get(lane));
    }
}

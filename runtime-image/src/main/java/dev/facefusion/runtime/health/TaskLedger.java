package dev.facefusion.runtime.health;

import dev.facefusion.runtime.health.TaskFigures.Latency;
import dev.facefusion.runtime.health.TaskFigures.RecentTasks;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.OptionalLong;
import java.util.SequencedSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Counts tasks from their acceptance to their end.
///
/// Guarded by its own monitor, which is held for a few additions at most and by no request for the
/// health report: that reads what the sampler rendered.
public final class TaskLedger {

    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final int MAX_ENDED = 1024;

    private final int capacity;
    // Not the wall clock: a clock set forward would look like a stalled engine.
    private final LongSupplier nanoTime;

    private final SequencedSet<Ticket> open = new LinkedHashSet<>();
    private final Deque<Ended> ended = new ArrayDeque<>();
    private int running;
    private long completed;
    private long failed;
    private OptionalLong lastProgress = OptionalLong.empty();
    private @Nullable Duration lastInference;

    private record Ended(long at, boolean failed, @Nullable Duration inference) {}

    /// @param capacity how many tasks may be queued
    /// @param nanoTime a clock that only runs forward, such as `System::nanoTime`
    public TaskLedger(int capacity, LongSupplier nanoTime) {
        this.capacity = capacity;
        this.nanoTime = nanoTime;
    }

    /// A task is accepted and queued.
    public synchronized Ticket accept() {
        var ticket = new Ticket(nanoTime.getAsLong());
        open.add(ticket);
        return ticket;
    }

    /// Everything, now.
    public synchronized TaskFigures figures() {
        var now = nanoTime.getAsLong();
        var oldestEnd = now - WINDOW.toNanos();
        while (!ended.isEmpty() && ended.getFirst().at() - oldestEnd < 0) {
            ended.removeFirst();
        }
        return new TaskFigures(
                open.size() - running,
                running,
                capacity,
                completed,
                failed,
                open.isEmpty() ? null : Duration.ofNanos(now - open.getFirst().acceptedAt),
                sinceProgress(now),
                lastInference,
                latency(),
                new RecentTasks(ended.size(), (int) ended.stream().filter(Ended::failed).count()));
    }

    // One hung worker must not hide behind another one that goes on.
    private @Nullable Duration sinceProgress(long now) {
        var longest =
                open.stream()
                        .filter(ticket -> ticket.running)
                        .mapToLong(ticket -> now - ticket.progressAt)
                        .max();
        if (longest.isPresent()) {
            return Duration.ofNanos(Math.max(0, longest.getAsLong()));
        }
        return lastProgress.isPresent() ? Duration.ofNanos(now - lastProgress.getAsLong()) : null;
    }

    private @Nullable Latency latency() {
        var sorted =
                ended.stream()
                        .map(Ended::inference)
                        .filter(inference -> inference != null)
                        .toArray(Duration[]::new);
        if (sorted.length == 0) {
            return null;
        }
        Arrays.sort(sorted);
        return new Latency(
                percentile(sorted, 50),
                percentile(sorted, 95),
                percentile(sorted, 99),
                sorted.length,
                WINDOW);
    }

    // Nearest rank: always a value that was measured.
    private static Duration percentile(Duration[] sorted, int percent) {
        return sorted[Math.ceilDiv(sorted.length * percent, 100) - 1];
    }

    /// One task's entry. Its methods are called in the order queued, running, ended.
    public final class Ticket {

        private final long acceptedAt;
        private volatile long progressAt;
        private boolean running;

        private Ticket(long acceptedAt) {
            this.acceptedAt = acceptedAt;
            this.progressAt = acceptedAt;
        }

        /// A worker took the task. That counts as progress.
        public void started() {
            synchronized (TaskLedger.this) {
                running = true;
                TaskLedger.this.running++;
                progressAt = nanoTime.getAsLong();
            }
        }

        /// A stage finished, or a part of one.
        public void progressed() {
            progressAt = nanoTime.getAsLong();
        }

        /// The task is answered, with a picture or with what is wrong with the request's.
        ///
        /// @param inference how long a swap took; `null` if there was none
        public void completed(@Nullable Duration inference) {
            end(false, inference);
        }

        /// The task is lost, by a defect or by its deadline.
        public void failed() {
            end(true, null);
        }

        /// Nobody wants the task any more: neither an answer nor a loss.
        public void withdrawn() {
            synchronized (TaskLedger.this) {
                leave(nanoTime.getAsLong());
            }
        }

        // False if it is over already.
        private boolean leave(long now) {
            if (!open.remove(this)) {
                return false;
            }
            if (running) {
                TaskLedger.this.running--;
                lastProgress = OptionalLong.of(now);
            }
            return true;
        }

        private void end(boolean lost, @Nullable Duration inference) {
            synchronized (TaskLedger.this) {
                var now = nanoTime.getAsLong();
                if (!leave(now)) {
                    return;
                }
                if (lost) {
                    failed++;
                } else {
                    completed++;
                }
                if (inference != null) {
                    lastInference = inference;
                }
                if (ended.size() == MAX_ENDED) {
                    ended.removeFirst();
                }
                ended.addLast(new Ended(now, lost, inference));
            }
        }
    }
}

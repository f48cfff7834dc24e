package dev.facefusion.runtime.health;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Counts tasks from their acceptance to their end.
///
/// Guarded by its own monitor, which is held for a few additions at most and by no request for the
/// health report: that reads what the sampler rendered.
public final class TaskLedger {

    private final int capacity;
    private final int workers;
    // Not the wall clock: a clock set forward would look like a stalled engine.
    private final LongSupplier nanoTime;

    private final SequencedSet<Ticket> open = new LinkedHashSet<>();
    private final LatencyWindow ended = new LatencyWindow();
    private int running;
    private long completed;
    private long failed;
    private OptionalLong lastProgress = OptionalLong.empty();
    private @Nullable Duration lastInference;

    /// @param capacity how many tasks may be queued
    /// @param workers how many may run at once
    /// @param nanoTime a clock that only runs forward, such as `System::nanoTime`
    public TaskLedger(int capacity, int workers, LongSupplier nanoTime) {
        this.capacity = capacity;
        this.workers = workers;
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
        var queued = open.size() - running;
        return new TaskFigures(
                queued,
                running,
                capacity,
                completed,
                failed,
                age(false, now),
                age(true, now),
                sinceProgress(now),
                lastInference,
                ended.latency(now),
                ended.recent(now),
                wait(queued, now));
    }

    /// How long it takes to work off so many tasks, at the median pace of the last minutes; empty
    /// before the first swap of that time.
    public synchronized Optional<Duration> timeFor(int tasks) {
        return Optional.ofNullable(wait(tasks, nanoTime.getAsLong()));
    }

    private @Nullable Duration wait(int tasks, long now) {
        var latency = ended.latency(now);
        return latency == null ? null : latency.p50().multipliedBy(tasks).dividedBy(workers);
    }

    // Tasks are accepted in the order in which they are kept.
    private @Nullable Duration age(boolean whetherRunning, long now) {
        return open.stream()
                .filter(ticket -> ticket.running == whetherRunning)
                .findFirst()
                .map(ticket -> Duration.ofNanos(now - ticket.acceptedAt))
                .orElse(null);
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

    /// Whether tasks run and none of them has moved for longer than the limit: to wait for them is
    /// in vain.
    public synchronized boolean allHang(Duration limit) {
        var now = nanoTime.getAsLong();
        return running > 0
                && open.stream()
                        .filter(ticket -> ticket.running)
                        .allMatch(ticket -> now - ticket.progressAt > limit.toNanos());
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
                ended.record(now, lost, inference);
            }
        }
    }
}

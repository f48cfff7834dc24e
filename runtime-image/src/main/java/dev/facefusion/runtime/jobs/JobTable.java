package dev.facefusion.runtime.jobs;

import dev.facefusion.runtime.jobs.JobState.Ended;
import dev.facefusion.runtime.jobs.JobState.Removal;
import dev.facefusion.runtime.jobs.JobState.Succeeded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Every job in memory. A change is decided here, then written to the journal, and seen by clients
/// when it is on the disk: nobody is told what a restart could take back.
///
/// One lock, held for a few steps and never while the disk is waited for.
final class JobTable {

    private final JobJournal journal;
    private final long diskBytes;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Entry> byId = new LinkedHashMap<>();
    private final Map<ClientKey, Entry> byKey = new HashMap<>();
    private long lastNumber;
    private long lastEvent;
    private long usedBytes;
    private boolean suspended;
    private boolean closed;

    private record ClientKey(String client, String text) {}

    /// All about one job; guarded by the table's lock.
    private static final class Entry {

        private final JobOrder order;
        private final Condition changed;
        // null until it is accepted
        private @Nullable Job decided;
        private @Nullable Job seen;
        private final CompletableFuture<Boolean> accepted = new CompletableFuture<>();
        // of a result that is not whole; 0 unless it runs
        private long unfinishedBytes;

        private Entry(JobOrder order, Condition changed) {
            this.order = order;
            this.changed = changed;
        }
    }

    /// @param restored in the order of their numbers; they are in the journal
    /// @param lastEvent no event so far has a larger number
    /// @param diskBytes what files may take together
    JobTable(JobJournal journal, List<Job> restored, long lastEvent, long diskBytes) {
        this.journal = journal;
        this.diskBytes = diskBytes;
        this.lastEvent = lastEvent;
        for (var job : restored) {
            var entry = new Entry(job.order(), lock.newCondition());
            entry.decided = job;
            entry.seen = job;
            entry.accepted.complete(true);
            register(entry);
            usedBytes += diskBytes(job);
            lastNumber = Math.max(lastNumber, job.order().number());
        }
    }

    /// The answer to the wish to bring a job.
    sealed interface Place {

        /// It has a place, until it is accepted or given up.
        ///
        /// @param order with the number that it got
        /// @param evicted jobs whose results made room and whose files can go
        record New(JobOrder order, List<Job> evicted) implements Place {}

        /// There is one under the key already, or about to be.
        ///
        /// @param accepted false if it is given up after all
        record Known(String id, CompletableFuture<Boolean> accepted) implements Place {}

        /// The key belongs to something else.
        record KeyReused() implements Place {}

        /// Not even without the results that are kept would there be room for its files.
        record NoRoom() implements Place {}
    }

    /// What a change made.
    ///
    /// @param job as it is now
    /// @param journalled done when it is on the disk and seen, exceptional if it is seen only
    record Change(Job job, CompletableFuture<Void> journalled) {}

    Place reserve(JobOrder wish) {
        lock.lock();
        try {
            if (wish.key() != null) {
                var known = byKey.get(new ClientKey(wish.client(), wish.key().text()));
                if (known != null) {
                    return wish.key().equals(known.order.key())
                            ? new Place.Known(known.order.id(), known.accepted)
                            : new Place.KeyReused();
                }
            }
            var evicted = evictFor(wish.inputBytes());
            if (evicted.isEmpty()) {
                return new Place.NoRoom();
            }
            var order = wish.numbered(++lastNumber);
            register(new Entry(order, lock.newCondition()));
            usedBytes += order.inputBytes();
            return new Place.New(order, evicted.get());
        } finally {
            lock.unlock();
        }
    }

    /// Makes a job of what has a place.
    Change accept(String id) {
        lock.lock();
        try {
            var entry = entry(id);
            return decide(entry, Job.accepted(entry.order, 0));
        } finally {
            lock.unlock();
        }
    }

    /// Takes a job out, as if it had never been there or because it is of no interest any more.
    void drop(String id) {
        lock.lock();
        try {
            var entry = byId.remove(id);
            if (entry == null) {
                return;
            }
            var key = entry.order.key();
            if (key != null) {
                byKey.remove(new ClientKey(entry.order.client(), key.text()));
            }
            usedBytes -= diskBytes(entry);
            if (entry.decided != null) {
                journal.forget(id);
            }
            entry.seen = null;
            entry.accepted.complete(false);
            entry.changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Changes a job; empty if the transition makes no difference or there is no such job.
    Optional<Change> change(String id, UnaryOperator<Job> transition) {
        lock.lock();
        try {
            var entry = byId.get(id);
            if (entry == null || entry.decided == null) {
                return Optional.empty();
            }
            var next = transition.apply(entry.decided);
            return next.equals(entry.decided) ? Optional.empty() : Optional.of(decide(entry, next));
        } finally {
            lock.unlock();
        }
    }

    /// Notes progress, which is not worth the disk.
    void moved(String id, UnaryOperator<Job> progress) {
        lock.lock();
        try {
            var entry = byId.get(id);
            if (entry == null || entry.decided == null) {
                return;
            }
            var next = progress.apply(entry.decided);
            if (!next.equals(entry.decided)) {
                entry.decided = next.at(++lastEvent);
                if (entry.seen != null && entry.seen.state() instanceof JobState.Running) {
                    entry.seen = entry.decided;
                    entry.changed.signalAll();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// Notes how large the result of a job that runs has become, which its end may still change.
    /// The oldest results of others are removed until it fits.
    ///
    /// @return the jobs whose files can go; empty if there would not be room even then
    Optional<List<Job>> grown(String id, long bytes) {
        lock.lock();
        try {
            var entry = byId.get(id);
            if (entry == null || entry.decided == null || entry.decided.ended()) {
                return Optional.of(List.of());
            }
            var more = bytes - entry.unfinishedBytes;
            var evicted = evictFor(more);
            if (evicted.isPresent()) {
                entry.unfinishedBytes = bytes;
                usedBytes += more;
            }
            return evicted;
        } finally {
            lock.unlock();
        }
    }

    /// Removes the oldest results of others until the whole result of a job fits, whose own
    /// pictures go as it comes.
    ///
    /// @return the jobs whose files can go; empty if there would not be room even then
    Optional<List<Job>> makeRoom(Job job, long resultBytes) {
        lock.lock();
        try {
            var entry = byId.get(job.id());
            return entry == null
                    ? Optional.of(List.of())
                    : evictFor(resultBytes - diskBytes(entry));
        } finally {
            lock.unlock();
        }
    }

    /// The job as its client sees it; empty until it is accepted.
    Optional<Job> find(String id) {
        lock.lock();
        try {
            return Optional.ofNullable(byId.get(id)).map(entry -> entry.seen);
        } finally {
            lock.unlock();
        }
    }

    boolean knows(String client, String key) {
        lock.lock();
        try {
            return byKey.containsKey(new ClientKey(client, key));
        } finally {
            lock.unlock();
        }
    }

    /// Every accepted job, in the order of acceptance.
    List<Job> jobs() {
        lock.lock();
        try {
            return byId.values().stream()
                    .flatMap(entry -> Optional.ofNullable(entry.decided).stream())
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    long usedBytes() {
        lock.lock();
        try {
            return usedBytes;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until the client sees a job that is as wished, at most until the limit.
    ///
    /// @return the job as it is then, wished or not; empty if it is gone, or nothing more happens
    ///   to it in this process
    Optional<Job> await(String id, Predicate<Job> wished, Duration limit)
            throws InterruptedException {
        lock.lock();
        try {
            var left = limit.toNanos();
            while (true) {
                var entry = byId.get(id);
                if (entry == null || entry.seen == null || !moves(entry.seen)) {
                    return Optional.empty();
                }
                if (left <= 0 || wished.test(entry.seen)) {
                    return Optional.of(entry.seen);
                }
                left = entry.changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Ends every wait for a job that is queued, now and from now on.
    void suspend() {
        lock.lock();
        try {
            suspended = true;
            byId.values().forEach(entry -> entry.changed.signalAll());
        } finally {
            lock.unlock();
        }
    }

    /// Ends every wait, now and from now on.
    void close() {
        lock.lock();
        try {
            closed = true;
            byId.values().forEach(entry -> entry.changed.signalAll());
        } finally {
            lock.unlock();
        }
    }

    private boolean moves(Job job) {
        return !closed && !(suspended && job.state() instanceof JobState.Queued);
    }

    private Entry entry(String id) {
        var entry = byId.get(id);
        if (entry == null) {
            throw new IllegalStateException("there is no place for job " + id);
        }
        return entry;
    }

    private void register(Entry entry) {
        byId.put(entry.order.id(), entry);
        var key = entry.order.key();
        if (key != null) {
            byKey.put(new ClientKey(entry.order.client(), key.text()), entry);
        }
    }

    // Queued for the journal under the lock: it gets the changes in the order of their events.
    private Change decide(Entry entry, Job next) {
        var job = next.at(++lastEvent);
        usedBytes -= diskBytes(entry);
        entry.decided = job;
        if (job.ended()) {
            entry.unfinishedBytes = 0;
        }
        usedBytes += diskBytes(entry);
        return new Change(
                job, journal.put(job).whenComplete((_, failure) -> show(entry, job, failure)));
    }

    // An end that cannot be written is shown all the same: its client must not wait for ever. What
    // was never accepted is not: its client was told so.
    private void show(Entry entry, Job job, @Nullable Throwable failure) {
        lock.lock();
        try {
            var first = !entry.accepted.isDone();
            if (first && failure != null) {
                return;
            }
            if (entry.seen == null ? first : entry.seen.event() < job.event()) {
                entry.seen = job;
                entry.accepted.complete(true);
                entry.changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private Optional<List<Job>> evictFor(long bytes) {
        var missing = usedBytes + bytes - diskBytes;
        if (missing <= 0) {
            return Optional.of(List.of());
        }
        var results =
                byId.values().stream()
                        .filter(entry -> entry.decided != null && entry.decided.hasResult())
                        .sorted(Comparator.comparing(JobTable::finishedAt))
                        .toList();
        if (results.stream().mapToLong(JobTable::diskBytes).sum() < missing) {
            return Optional.empty();
        }
        var evicted = new ArrayList<Job>();
        for (var entry : results) {
            if (missing > 0 && entry.decided != null) {
                missing -= diskBytes(entry);
                evicted.add(decide(entry, entry.decided.resultRemoved(Removal.EVICTED)).job());
            }
        }
        return Optional.of(evicted);
    }

    private static long diskBytes(Entry entry) {
        return entry.unfinishedBytes
                + (entry.decided == null ? entry.order.inputBytes() : diskBytes(entry.decided));
    }

    private static Instant finishedAt(Entry entry) {
        return entry.decided != null && entry.decided.state() instanceof Ended ended
                ? ended.finishedAt()
                : Instant.MAX;
    }

    private static long diskBytes(Job job) {
        return switch (job.state()) {
            case Succeeded(_, _, var result, var removed) -> removed == null ? result.bytes() : 0;
            case Ended _ -> 0;
            case JobState.Queued _, JobState.Running _ -> job.order().inputBytes();
        };
    }
}

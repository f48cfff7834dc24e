package dev.facefusion.runtime.queue;

import dev.facefusion.runtime.health.RuntimeLife;
import dev.facefusion.runtime.health.RuntimeState;
import dev.facefusion.runtime.health.TaskLedger;
import dev.facefusion.runtime.memory.Chore;
import dev.facefusion.runtime.metrics.RuntimeMetrics;
import dev.facefusion.runtime.metrics.RuntimeMetrics.Rejection;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The tasks that wait for a worker, and those that run.
///
/// Bounded: each lane holds as many waiting tasks as it may, and an idle worker's next task does
/// not count as waiting. A task leaves when a worker takes it, when its patience is over or when it
/// is cancelled, whichever is first; the last two also stop one that runs. [Schedule] says whose
/// turn it is. Beside the tasks there may be one [Examination], which never keeps one waiting.
///
/// The lock is held for a few steps at most; whoever is told anything is told outside it.
public final class TaskQueue implements AutoCloseable {

    private static final Duration MIN_RETRY = Duration.ofSeconds(1);
    private static final Duration MAX_RETRY = Duration.ofSeconds(60);

    private final Limits limits;
    private final Affordability affordability;
    private final RuntimeLife life;
    private final TaskLedger ledger;
    private final RuntimeMetrics metrics;
    private final Tally tally;
    private final ScheduledThreadPoolExecutor deadlines =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("task-deadlines").factory());

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Schedule<Task> waiting = new Schedule<>();
    private final Set<Task> running = new HashSet<>();
    // Until a worker takes it, and until that worker is free again.
    private @Nullable Examination due;
    private @Nullable Examination examination;
    private boolean closed;

    /// @param taskTimeout patience that every task should find enough
    public TaskQueue(
            Limits limits,
            Affordability affordability,
            RuntimeLife life,
            TaskLedger ledger,
            RuntimeMetrics metrics,
            Duration taskTimeout) {
        this.limits = limits;
        this.affordability = affordability;
        this.tally = new Tally(metrics, taskTimeout);
        this.life = life;
        this.ledger = ledger;
        this.metrics = metrics;
        deadlines.setRemoveOnCancelPolicy(true);
    }

    /// How many tasks there may be.
    ///
    /// @param interactive that may wait for an answer
    /// @param batch that may wait otherwise
    /// @param running one per worker
    public record Limits(int interactive, int batch, int running) {

        public Limits {
            if (interactive < 1 || batch < 1 || running < 1) {
                throw new IllegalArgumentException(
                        "interactive (%d), batch (%d) and running (%d) must be at least 1"
                                .formatted(interactive, batch, running));
            }
        }

        /// How many tasks may wait.
        public int waiting() {
            return interactive + batch;
        }

        int waiting(Lane lane) {
            return switch (lane) {
                case INTERACTIVE -> interactive;
                case BATCH -> batch;
            };
        }
    }

    /// Why a task would be turned away now, if it would: for refusing a request before its body is
    /// read.
    public Optional<Admission.Rejected> refusal(Lane lane) {
        return switch (life.state()) {
            case RuntimeState.Starting _, RuntimeState.Failed _ ->
                    refuse(new Admission.NotReady(), Rejection.NOT_READY);
            case RuntimeState.Draining _ -> refuse(new Admission.Draining(), Rejection.DRAINING);
            case RuntimeState.Ready _, RuntimeState.Leaving _ -> {
                lock.lock();
                try {
                    yield isFull(lane)
                            ? refuse(full(lane), Rejection.QUEUE_FULL)
                            : Optional.empty();
                } finally {
                    lock.unlock();
                }
            }
        };
    }

    /// Queues a task, or says at once why not.
    public Admission submit(Order order) {
        var refusal = refusal(order.lane());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        var objection =
                affordability.objection(
                        order.assignment(), ledger.figures().running(), retryAfter(1));
        if (objection.isPresent()) {
            metrics.rejected(Rejection.TOO_COSTLY);
            return objection.get();
        }
        Task task;
        lock.lock();
        try {
            if (isFull(order.lane()) || exceedsItsShare(order)) {
                metrics.rejected(Rejection.QUEUE_FULL);
                return full(order.lane());
            }
            task = enqueue(order);
        } finally {
            lock.unlock();
        }
        makeRoom();
        return new Admission.Accepted(task);
    }

    /// Queues what was accepted in an earlier life: neither the state nor the capacity stands
    /// against it. In a queue that is closed already it is abandoned at once.
    public Task resubmit(Order order) {
        Task task;
        boolean late;
        lock.lock();
        try {
            late = closed;
            task = late ? new Task(order, ledger.accept()) : enqueue(order);
        } finally {
            lock.unlock();
        }
        if (late) {
            close(task, task.settle(new TaskResult.Abandoned()));
        } else {
            makeRoom();
        }
        return task;
    }

    /// Has an idle worker swap the golden sample. A task that finds no other worker free ends that.
    ///
    /// @param deadline after which the engine has failed
    /// @return empty if a task waits or runs, or the last examination is not over
    Optional<Examination> examine(Duration deadline) {
        lock.lock();
        try {
            if (closed || examination != null || waiting.size() + running.size() > 0) {
                return Optional.empty();
            }
            var next = new Examination(ledger.accept());
            due = next;
            examination = next;
            changed.signalAll();
            var _ =
                    deadlines.schedule(
                            new Chore(next::expire), deadline.toNanos(), TimeUnit.NANOSECONDS);
            return Optional.of(next);
        } finally {
            lock.unlock();
        }
    }

    /// Waits until the task is settled.
    public TaskResult await(Task task) throws InterruptedException {
        try {
            return task.published().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a task is never published as an exception", e);
        }
    }

    /// Waits until the task is settled, but no longer than the limit.
    public Optional<TaskResult> await(Task task, Duration limit) throws InterruptedException {
        try {
            return Optional.of(task.published().get(limit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException _) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a task is never published as an exception", e);
        }
    }

    /// How many of the tasks that wait now come before this one, 0 when it is the next; empty when
    /// it does not wait any more.
    public OptionalInt position(Task task) {
        lock.lock();
        try {
            return waiting.position(task.order().lane(), task.order().client(), task);
        } finally {
            lock.unlock();
        }
    }

    /// Ends a task that nobody wants any more: out of the queue at once, or out of the engine at
    /// the next node of the model that runs. Without effect on one that is settled.
    public void cancel(Task task) {
        stop(task, new TaskResult.Cancelled());
    }

    /// What is to be done next, as soon as there is something. The caller ends it.
    ///
    /// @param retired whether the caller is to do nothing more; if that changes, it is for whoever
    ///   changed it to [wake the workers][#wakeWorkers]
    /// @return empty if there is nothing more for it to do
    Optional<Work> take(BooleanSupplier retired) throws InterruptedException {
        lock.lock();
        try {
            while (!retired.getAsBoolean()) {
                var next = waiting.next();
                if (next.isPresent()) {
                    running.add(next.get());
                    next.get().ticket().started();
                    return Optional.of(next.get());
                }
                var idle = due;
                if (idle != null) {
                    due = null;
                    idle.ticket().started();
                    return Optional.of(idle);
                }
                changed.await();
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /// Has the idle workers look again whether there is something to do for them: also those that
    /// stay, as one that leaves may have been woken for a task.
    void wakeWorkers() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// A worker is done with a task: its place is free, it is counted, and whoever waits for it is
    /// told.
    ///
    /// @param result what the worker made of it; without effect if the task was settled before
    void end(Task task, TaskResult result) {
        lock.lock();
        try {
            running.remove(task);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        close(task, task.settle(result));
        task.order().observer().left();
    }

    /// A worker is done with an examination.
    void end(Examination done) {
        lock.lock();
        try {
            examination = null;
        } finally {
            lock.unlock();
        }
        done.end();
    }

    /// Gives every task up: whoever waits for one is told, and the engines are told to stop.
    void abandon() {
        List<Task> neverRun;
        List<Task> stillRunning;
        lock.lock();
        try {
            closed = true;
            neverRun = waiting.clear();
            stillRunning = List.copyOf(running);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        neverRun.forEach(task -> close(task, task.settle(new TaskResult.Abandoned())));
        stillRunning.forEach(task -> stop(task, new TaskResult.Abandoned()));
    }

    /// Blocks until no task waits or runs, and lets none in from then on.
    ///
    /// @return false if that took longer than the limit
    boolean closeWhenEmpty(Duration limit) throws InterruptedException {
        examination().ifPresent(Examination::giveWay);
        lock.lock();
        try {
            var left = limit.toNanos();
            while (waiting.size() + running.size() > 0) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            closed = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Ends what times the tasks; none may be waiting or running.
    @Override
    public void close() {
        deadlines.shutdownNow();
    }

    // Ends the examination where it has the worker that a task wants.
    private void makeRoom() {
        boolean enoughWorkers;
        lock.lock();
        try {
            enoughWorkers = waiting.size() + running.size() < limits.running();
        } finally {
            lock.unlock();
        }
        if (!enoughWorkers) {
            examination().ifPresent(Examination::giveWay);
        }
    }

    private Optional<Examination> examination() {
        lock.lock();
        try {
            return Optional.ofNullable(examination);
        } finally {
            lock.unlock();
        }
    }

    private Task enqueue(Order order) {
        var task = new Task(order, ledger.accept());
        waiting.add(order.lane(), order.client(), task);
        changed.signal();
        task.deadline(
                deadlines.schedule(
                        new Chore(() -> stop(task, new TaskResult.Expired())),
                        order.patience().toNanos(),
                        TimeUnit.NANOSECONDS));
        return task;
    }

    // Before its turn the task is over with that; later its worker ends it.
    private void stop(Task task, TaskResult result) {
        boolean waited;
        lock.lock();
        try {
            waited = waiting.remove(task.order().lane(), task.order().client(), task);
        } finally {
            lock.unlock();
        }
        var settled = task.settle(result);
        if (waited) {
            close(task, settled);
        } else if (settled.equals(result)) {
            task.cancellation().cancel(); // first: whoever is told finds the engine told
            task.publish(settled);
        }
    }

    private void close(Task task, TaskResult settled) {
        tally.count(task, settled);
        task.publish(settled);
    }

    // A free worker is about to take what waits: its place counts as well.
    private boolean isFull(Lane lane) {
        var free = Math.max(0, limits.running() - running.size());
        return closed || waiting.size(lane) >= limits.waiting(lane) + free;
    }

    private boolean exceedsItsShare(Order order) {
        var own = waiting.size(order.lane(), order.client());
        var share = Math.max(1, limits.waiting(order.lane()) / 2);
        return own >= share && waiting.size(order.lane()) > own;
    }

    private Admission.QueueFull full(Lane lane) {
        return new Admission.QueueFull(limits.waiting(lane), retryAfter(waiting.size()));
    }

    // Until what waits is worked off, by the median pace of late: a place is free earlier, but
    // everyone who was turned away will want it.
    private Duration retryAfter(int tasks) {
        var wait = ledger.timeFor(tasks).orElse(MIN_RETRY);
        return Collections.min(
                List.of(MAX_RETRY, Collections.max(List.of(MIN_RETRY, wait.plusMillis(999)))));
    }

    private Optional<Admission.Rejected> refuse(Admission.Rejected why, Rejection reason) {
        metrics.rejected(reason);
        return Optional.of(why);
    }
}

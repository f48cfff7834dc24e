package dev.facefusion.runtime.queue;

import dev.facefusion.runtime.engine.SwapOutcome;
import dev.facefusion.runtime.engine.SwapOutcome.Swapped;
import dev.facefusion.runtime.engine.SwapRequest;
import dev.facefusion.runtime.health.RuntimeLife;
import dev.facefusion.runtime.health.RuntimeState;
import dev.facefusion.runtime.health.TaskLedger;
import dev.facefusion.runtime.metrics.RuntimeMetrics;
import dev.facefusion.runtime.metrics.RuntimeMetrics.Outcome;
import dev.facefusion.runtime.metrics.RuntimeMetrics.Rejection;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The tasks that wait for a worker, never more than the capacity.
///
/// A task that an idle worker takes does not count as waiting: a capacity of 1 with one worker
/// holds two tasks.
public final class TaskQueue {

    private final Limits limits;
    private final RuntimeLife life;
    private final TaskLedger ledger;
    private final RuntimeMetrics metrics;
    private final BlockingQueue<Task> waiting;
    private final Set<Task> running = ConcurrentHashMap.newKeySet();
    // One permit per task that may be queued or running: the queue's own bound would refuse a task
    // in the moment between its being queued and an idle worker's taking it.
    private final Semaphore places;

    public TaskQueue(Limits limits, RuntimeLife life, TaskLedger ledger, RuntimeMetrics metrics) {
        this.limits = limits;
        this.life = life;
        this.ledger = ledger;
        this.metrics = metrics;
        this.waiting = new ArrayBlockingQueue<>(limits.total());
        this.places = new Semaphore(limits.total());
    }

    /// How many tasks there may be.
    ///
    /// @param running one per worker
    public record Limits(int queued, int running) {

        public Limits {
            if (queued < 1 || running < 1) {
                throw new IllegalArgumentException(
                        "queued (%d) and running (%d) must be at least 1"
                                .formatted(queued, running));
            }
        }

        int total() {
            return queued + running;
        }
    }

    /// Why a task would be turned away now, if it would: for refusing a request before its body is
    /// read.
    public Optional<Admission.Rejected> refusal() {
        return switch (life.state()) {
            case RuntimeState.Starting _, RuntimeState.Failed _ ->
                    refuse(new Admission.NotReady(), Rejection.NOT_READY);
            case RuntimeState.Draining _ -> refuse(new Admission.Draining(), Rejection.DRAINING);
            case RuntimeState.Ready _ when places.availablePermits() == 0 ->
                    refuse(new Admission.QueueFull(limits.queued()), Rejection.QUEUE_FULL);
            case RuntimeState.Ready _ -> Optional.empty();
        };
    }

    /// Queues a task, or says at once why not.
    public Admission submit(String requestId, SwapRequest request) {
        var refusal = refusal();
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (!places.tryAcquire()) {
            metrics.rejected(Rejection.QUEUE_FULL);
            return new Admission.QueueFull(limits.queued());
        }
        var task = new Task(requestId, request, ledger.accept());
        waiting.add(task);
        return new Admission.Accepted(task);
    }

    /// Waits for the task's result, at most until the deadline; then takes the task out of the
    /// queue if it is still there.
    public TaskResult await(Task task, Duration deadline) throws InterruptedException {
        try {
            return task.published().get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            var result = task.settle(new TaskResult.Expired());
            if (waiting.remove(task)) {
                end(task, result);
            }
            return result;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a task is never published as an exception", e);
        }
    }

    /// The next task, as soon as there is one. The caller ends it.
    Task take() throws InterruptedException {
        var task = waiting.take();
        running.add(task);
        task.ticket().started();
        return task;
    }

    /// Gives the task's place free, counts how it ended and tells whoever waits for it.
    ///
    /// @param result what the worker made of it; without effect if the deadline was first
    void end(Task task, TaskResult result) {
        var settled = task.settle(result);
        if (settled instanceof TaskResult.Done(var outcome)) {
            task.ticket().completed(outcome instanceof Swapped swapped ? swapped.elapsed() : null);
        } else {
            task.ticket().failed();
        }
        metrics.ended(label(settled));
        running.remove(task);
        places.release();
        task.publish(settled);
    }

    /// Gives every task up: whoever waits for one is told. The running ones go on unheard.
    void abandon() {
        for (var task = waiting.poll(); task != null; task = waiting.poll()) {
            end(task, new TaskResult.Abandoned());
        }
        running.forEach(task -> task.publish(task.settle(new TaskResult.Abandoned())));
    }

    /// Blocks until no task waits or runs, and lets none in from then on.
    ///
    /// @return false if that took longer than the limit
    boolean closeWhenEmpty(Duration limit) throws InterruptedException {
        return places.tryAcquire(limits.total(), limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Optional<Admission.Rejected> refuse(Admission.Rejected why, Rejection reason) {
        metrics.rejected(reason);
        return Optional.of(why);
    }

    private static Outcome label(TaskResult result) {
        return switch (result) {
            case TaskResult.Done(Swapped _) -> Outcome.SWAPPED;
            case TaskResult.Done(SwapOutcome.NoFace _) -> Outcome.NO_FACE;
            case TaskResult.Done(SwapOutcome.BadMedia _) -> Outcome.BAD_MEDIA;
            case TaskResult.Failed _ -> Outcome.FAILED;
            case TaskResult.Expired _ -> Outcome.EXPIRED;
            case TaskResult.Abandoned _ -> Outcome.ABANDONED;
        };
    }
}

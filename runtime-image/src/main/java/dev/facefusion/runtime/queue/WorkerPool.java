package dev.facefusion.runtime.queue;

import dev.facefusion.runtime.metrics.RuntimeMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

/// The workers, each at a place of its own. They are platform threads: a native call holds its
/// thread, and would hold the carrier of a virtual one.
public final class WorkerPool {

    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final TaskQueue queue;
    private final RuntimeMetrics metrics;
    private final List<Worker> places;
    // Those of the places, and those that are to have one.
    private final Set<Worker> alive = new HashSet<>();
    private boolean ended;

    private WorkerPool(int size, EngineSupply supply, TaskQueue queue, RuntimeMetrics metrics) {
        this.queue = queue;
        this.metrics = metrics;
        this.places = new ArrayList<>(hire(0, size, supply));
    }

    /// Starts as many workers as tasks may run at once. They take tasks once they are all
    /// [warm][#awaitWarm].
    public static WorkerPool start(
            int size, EngineSupply supply, TaskQueue queue, RuntimeMetrics metrics) {
        return new WorkerPool(size, supply, queue, metrics);
    }

    /// Blocks until every worker's engine has run once; then they work, whatever the self-tests
    /// say.
    ///
    /// @return the first one: all are opened alike
    /// @throws CompletionException with the cause, if one of them cannot
    public OpenEngine awaitWarm() {
        var engines = places.stream().map(worker -> worker.warm().join()).toList();
        places.forEach(Worker::appoint);
        return engines.getFirst();
    }

    /// Has other engines take the places of those that are open, so many at a time. They are
    /// opened, warmed up and tested beside those that work; then each takes its place as soon as
    /// the task there is over and the engine there is closed. For one thread.
    ///
    /// @param atOnce engines that are opened before the first takes its place
    /// @return one of the new ones
    /// @throws CompletionException with the cause, if one cannot be opened: the workers whose turn
    ///   has not come stay
    /// @throws UnfitEngineException if one does not pass its self-test: the same
    /// @throws CancellationException if the workers were [ended][#end] meanwhile
    public OpenEngine replace(EngineSupply supply, int atOnce) throws InterruptedException {
        for (int first = 0; first < places.size(); first += atOnce) {
            var successors = hire(first, Math.min(first + atOnce, places.size()), supply);
            try {
                successors.forEach(WorkerPool::requireFit);
            } catch (RuntimeException e) {
                dismiss(successors);
                throw e;
            }
            for (int i = 0; i < successors.size(); i++) {
                succeed(first + i, successors.get(i));
            }
        }
        return places.getFirst().warm().join();
    }

    private void succeed(int place, Worker successor) throws InterruptedException {
        var predecessor = places.set(place, successor);
        dismiss(List.of(predecessor));
        if (!successor.appoint()) {
            throw new CancellationException("the workers have ended");
        }
        predecessor.forget();
    }

    private static void requireFit(Worker worker) {
        worker.warm()
                .join()
                .selfTest()
                .flatMap(result -> result.fault())
                .ifPresent(fault -> {
                    throw new UnfitEngineException(fault);
                });
    }

    private List<Worker> hire(int from, int to, EngineSupply supply) {
        var hired =
                IntStream.range(from, to)
                        .mapToObj(place -> new Worker(place, supply, queue, metrics))
                        .toList();
        synchronized (alive) {
            if (ended) {
                throw new CancellationException("the workers have ended");
            }
            alive.addAll(hired);
            hired.forEach(Worker::start);
        }
        return hired;
    }

    private void dismiss(List<Worker> workers) throws InterruptedException {
        workers.forEach(Worker::retire);
        for (var worker : workers) {
            worker.awaitEnd();
        }
        synchronized (alive) {
            workers.forEach(alive::remove);
        }
    }

    /// Lets the accepted tasks finish. The workers stay, with their engines open.
    ///
    /// @return false if that took longer than the limit, or the calling thread was interrupted;
    ///   every task is given up then
    public boolean finishTasks(Duration limit) {
        for (var left = limit; ; left = Duration.ZERO) {
            try {
                var finished = queue.closeWhenEmpty(left);
                if (!finished) {
                    queue.abandon();
                }
                return finished;
            } catch (InterruptedException _) {
                // somebody is in a hurry: a last look
            }
        }
    }

    /// Ends the workers, which close their engines: at once where they are idle, after the task
    /// otherwise.
    ///
    /// @return false if one of them still runs after the limit
    public boolean end(Duration limit) throws InterruptedException {
        var deadline = System.nanoTime() + limit.toNanos();
        List<Worker> last;
        synchronized (alive) {
            ended = true;
            last = List.copyOf(alive);
        }
        last.forEach(Worker::hurry);
        var allEnded = true;
        for (var worker : last) {
            var left = Duration.ofNanos(deadline - System.nanoTime());
            // Closing an idle engine takes moments, also when the limit is used up.
            allEnded &= worker.awaitEnd(left.compareTo(CLOSING) > 0 ? left : CLOSING);
        }
        return allEnded;
    }
}

package dev.facefusion.runtime.queue;

import dev.facefusion.runtime.engine.Engine;
import dev.facefusion.runtime.engine.video.VideoEngine;
import dev.facefusion.runtime.metrics.RuntimeMetrics;
import dev.facefusion.runtime.provenance.Release;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// The workers. They are platform threads: a native call holds its thread, and would hold the
/// carrier of a virtual one.
public final class WorkerPool {

    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final TaskQueue queue;
    private final List<Worker> workers;
    private final List<Thread> threads;

    private WorkerPool(TaskQueue queue, List<Worker> workers) {
        this.queue = queue;
        this.workers = workers;
        this.threads =
                IntStream.range(0, workers.size())
                        .mapToObj(i ->
                                Thread.ofPlatform()
                                        .daemon()
                                        .name("worker-" + i)
                                        .unstarted(workers.get(i)))
                        .toList();
    }

    /// Starts as many workers as tasks may run at once.
    ///
    /// @param engines opens one engine, on the worker's thread
    /// @param release what every result passes before it leaves
    /// @param checks of the engines
    /// @param videos empty where there is no ffmpeg
    public static WorkerPool start(
            int size,
            Supplier<Engine> engines,
            TaskQueue queue,
            RuntimeMetrics metrics,
            Release release,
            Checks checks,
            Optional<VideoEngine> videos) {
        var workers =
                IntStream.range(0, size)
                        .mapToObj(_ -> new Worker(engines, queue, metrics, release, checks, videos))
                        .toList();
        var pool = new WorkerPool(queue, workers);
        pool.threads.forEach(Thread::start);
        return pool;
    }

    /// Blocks until every worker's engine has run once.
    ///
    /// @return the first one: all are opened alike
    /// @throws CompletionException with the cause, if one of them cannot
    public OpenEngine awaitWarm() {
        return workers.stream().map(worker -> worker.warm().join()).toList().getFirst();
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
        threads.forEach(Thread::interrupt);
        var ended = true;
        for (var thread : threads) {
            var left = Duration.ofNanos(deadline - System.nanoTime());
            // Closing an idle engine takes moments, also when the limit is used up.
            ended &= thread.join(left.compareTo(CLOSING) > 0 ? left : CLOSING);
        }
        return ended;
    }
}

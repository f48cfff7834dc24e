package dev.facefusion.runtime.queue;

import dev.facefusion.runtime.engine.Engine;
import dev.facefusion.runtime.engine.SwapOutcome.Swapped;
import dev.facefusion.runtime.metrics.RuntimeMetrics;
import dev.facefusion.runtime.provenance.Marker;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread with an engine of its own: opens it, warms it up, works tasks off until it is
/// interrupted, closes it. Whatever a task does, the worker outlives it.
final class Worker implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Worker.class);

    private final Supplier<Engine> engines;
    private final TaskQueue queue;
    private final RuntimeMetrics metrics;
    private final Marker marker;
    private final CompletableFuture<OpenEngine> warm = new CompletableFuture<>();

    Worker(Supplier<Engine> engines, TaskQueue queue, RuntimeMetrics metrics, Marker marker) {
        this.engines = engines;
        this.queue = queue;
        this.metrics = metrics;
        this.marker = marker;
    }

    /// Done when the engine has run once; exceptional when it cannot.
    CompletableFuture<OpenEngine> warm() {
        return warm;
    }

    @Override
    public void run() {
        Niceness.lowerThisThread();
        try (var engine = engines.get()) {
            engine.warmUp();
            warm.complete(new OpenEngine(engine.models(), engine.execution()));
            workOff(engine);
        } catch (Throwable e) { // also a missing native library, which is an Error
            if (!warm.completeExceptionally(e)) {
                log.atError().setCause(e).log("Worker ended by a defect");
            }
        }
    }

    private void workOff(Engine engine) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                var task = queue.take();
                queue.end(task, work(engine, task));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private TaskResult work(Engine engine, Task task) {
        if (task.settled().isPresent()) {
            return task.settled().get();
        }
        try {
            var outcome =
                    engine.swap(
                            task.request(),
                            (stage, elapsed) -> {
                                task.ticket().progressed();
                                metrics.stage(stage, elapsed);
                            });
            if (outcome instanceof Swapped swapped) {
                metrics.swapped(swapped.elapsed());
                return new TaskResult.Done(marked(swapped, task));
            }
            return new TaskResult.Done(outcome);
        } catch (Throwable e) {
            log.atError()
                    .addKeyValue("requestId", task.requestId())
                    .setCause(e)
                    .log("Task failed by a defect");
            return new TaskResult.Failed();
        }
    }

    private Swapped marked(Swapped swapped, Task task) {
        return swapped.withImage(marker.mark(swapped.image(), task.requestId()));
    }
}

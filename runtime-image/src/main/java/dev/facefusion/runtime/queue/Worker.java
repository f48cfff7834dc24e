package dev.facefusion.runtime.queue;

import dev.facefusion.runtime.drift.SelfTestResult;
import dev.facefusion.runtime.drift.SelfTestResult.Fault;
import dev.facefusion.runtime.engine.Engine;
import dev.facefusion.runtime.engine.SwapOutcome;
import dev.facefusion.runtime.engine.SwapOutcome.Swapped;
import dev.facefusion.runtime.engine.SwapRequest;
import dev.facefusion.runtime.engine.session.NonFiniteOutputException;
import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.engine.stage.StageListener;
import dev.facefusion.runtime.engine.video.VideoEngine;
import dev.facefusion.runtime.health.TaskLedger.Ticket;
import dev.facefusion.runtime.metrics.RuntimeMetrics;
import dev.facefusion.runtime.priority.Niceness;
import dev.facefusion.runtime.provenance.Release;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread with an engine of its own: opens it, warms it up, works tasks off until it is
/// interrupted, closes it. Whatever a task does, the worker outlives it.
final class Worker implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Worker.class);

    private static final Duration ARENA_PERIOD = Duration.ofSeconds(5);

    private final Supplier<Engine> engines;
    private final TaskQueue queue;
    private final RuntimeMetrics metrics;
    private final Release release;
    private final Checks checks;
    private final Filming filming;
    private final CompletableFuture<OpenEngine> warm = new CompletableFuture<>();
    private long arenasRead;

    Worker(
            Supplier<Engine> engines,
            TaskQueue queue,
            RuntimeMetrics metrics,
            Release release,
            Checks checks,
            Optional<VideoEngine> videos) {
        this.engines = engines;
        this.queue = queue;
        this.metrics = metrics;
        this.release = release;
        this.checks = checks;
        this.filming = new Filming(videos, release, metrics);
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
            checks.selfTest().ifPresent(test -> checks.watch().tested(this, test.run(engine)));
            warm.complete(new OpenEngine(engine.models(), engine.execution()));
            metrics.arenas(engine.arenas());
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
                switch (queue.take()) {
                    case Task task -> queue.end(task, work(engine, task));
                    case Examination examination -> {
                        examine(engine, examination);
                        queue.end(examination);
                    }
                }
                readArenas(engine);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    // A test that was cancelled was settled before.
    private void examine(Engine engine, Examination examination) {
        if (!examination.begin(result -> checks.watch().tested(this, result))) {
            return;
        }
        try {
            var moves = new Moves(examination.ticket());
            var test = checks.selfTest().orElseThrow();
            examination.settle(test.run(engine, moves, examination.cancellation()));
        } catch (CancellationException _) {
            log.atInfo().log("Self-test given up");
        } catch (Throwable e) {
            log.atError().setCause(e).log("Self-test failed by a defect");
            examination.settle(SelfTestResult.failed(Fault.NO_OUTPUT));
        }
    }

    // Between two tasks, as only this thread may ask; not after each, as it takes a moment.
    private void readArenas(Engine engine) {
        long now = System.nanoTime();
        if (now - arenasRead > ARENA_PERIOD.toNanos()) {
            arenasRead = now;
            metrics.arenas(engine.arenas());
        }
    }

    private TaskResult work(Engine engine, Task task) {
        if (task.settled().isPresent()) {
            return task.settled().get();
        }
        task.order().observer().started();
        try {
            return switch (task.order().assignment()) {
                case Assignment.OfPicture(var request) ->
                        new TaskResult.Done(swap(engine, task, request));
                case Assignment.OfVideo video ->
                        new TaskResult.Filmed(filming.film(engine, task, video));
            };
        } catch (CancellationException _) {
            return task.settled().orElseGet(TaskResult.Cancelled::new);
        } catch (Throwable e) {
            if (task.settled().isPresent()) {
                return task.settled().get(); // whoever gave it up took its files along
            }
            if (e instanceof NonFiniteOutputException) {
                checks.watch().nanOutput();
            }
            log.atError()
                    .addKeyValue("requestId", task.order().requestId())
                    .setCause(e)
                    .log("Task failed by a defect");
            return new TaskResult.Failed();
        }
    }

    private SwapOutcome swap(Engine engine, Task task, SwapRequest request) {
        var outcome = engine.swap(request, new Reporter(task), task.cancellation());
        checks.watch().ended(outcome);
        if (outcome instanceof Swapped swapped) {
            metrics.swapped(swapped.elapsed());
            return released(swapped, task);
        }
        release.nothing(task.order().requestId(), label(outcome));
        return outcome;
    }

    private Swapped released(Swapped swapped, Task task) {
        return swapped.withImage(
                release.picture(
                        swapped.image(), swapped.format().mediaType(), task.order().requestId()));
    }

    /// As the audit log has it.
    static String label(SwapOutcome outcome) {
        return switch (outcome) {
            case SwapOutcome.Swapped _ -> "swapped";
            case SwapOutcome.NoFace _ -> "no_face";
            case SwapOutcome.BadMedia _ -> "bad_media";
            case SwapOutcome.BadOption _ -> "bad_option";
        };
    }

    /// Passes on that the golden sample moves.
    private record Moves(Ticket ticket) implements StageListener {

        @Override
        public void finished(Stage stage, Duration elapsed) {
            ticket.progressed();
        }

        @Override
        public void moved() {
            ticket.progressed();
        }
    }

    /// Passes a task's progress on to everyone who is interested.
    private final class Reporter implements StageListener {

        private final Task task;

        private Reporter(Task task) {
            this.task = task;
        }

        @Override
        public void finished(Stage stage, Duration elapsed) {
            task.ticket().progressed();
            metrics.stage(stage, elapsed);
            task.order().observer().progressed(stage);
        }

        @Override
        public void moved() {
            task.ticket().progressed();
        }
    }
}

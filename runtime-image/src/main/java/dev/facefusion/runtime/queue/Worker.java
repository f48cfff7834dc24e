package dev.facefusion.runtime.queue;

import dev.facefusion.runtime.drift.QualityWatch;
import dev.facefusion.runtime.drift.SelfTestResult;
import dev.facefusion.runtime.drift.SelfTestResult.Fault;
import dev.facefusion.runtime.engine.Engine;
import dev.facefusion.runtime.engine.SwapOutcome;
import dev.facefusion.runtime.engine.SwapOutcome.Swapped;
import dev.facefusion.runtime.engine.SwapRequest;
import dev.facefusion.runtime.engine.session.NonFiniteOutputException;
import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.engine.stage.StageListener;
import dev.facefusion.runtime.health.TaskLedger.Ticket;
import dev.facefusion.runtime.metrics.RuntimeMetrics;
import dev.facefusion.runtime.priority.Niceness;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread with an engine of its own: opens it, warms it up, tests it, and as soon as it may,
/// works tasks off until it is retired; then it closes it. Whatever a task does, the worker
/// outlives it.
final class Worker {

    private static final Logger log = LoggerFactory.getLogger(Worker.class);

    private static final Duration ARENA_PERIOD = Duration.ofSeconds(5);

    private final EngineSupply supply;
    private final TaskQueue queue;
    private final RuntimeMetrics metrics;
    private final Filming filming;
    private final Thread thread;
    private final CompletableFuture<OpenEngine> warm = new CompletableFuture<>();
    // Whether it is to work, once that is decided.
    private final CompletableFuture<Boolean> appointed = new CompletableFuture<>();
    private volatile boolean retired;
    private long arenasRead;

    /// One that is not started.
    ///
    /// @param place that it works at, from 0
    Worker(int place, EngineSupply supply, TaskQueue queue, RuntimeMetrics metrics) {
        this.supply = supply;
        this.queue = queue;
        this.metrics = metrics;
        this.filming = new Filming(supply.videos(), supply.release(), metrics);
        this.thread = Thread.ofPlatform().daemon().name("worker-" + place).unstarted(this::run);
    }

    /// Begins to open its engine.
    void start() {
        thread.start();
    }

    /// Done when the engine has run once; exceptional when it cannot.
    CompletableFuture<OpenEngine> warm() {
        return warm;
    }

    /// Has it take tasks. Its engine is [warm][#warm].
    ///
    /// @return false if it is retired already
    boolean appoint() {
        warm.join().selfTest().ifPresent(result -> watch().tested(this, result));
        return appointed.complete(true);
    }

    /// Has it take no more tasks: when the one that it has is over, it closes its engine.
    void retire() {
        retired = true;
        appointed.complete(false);
        queue.wakeWorkers();
    }

    /// The same, and whatever it waits for is not worth it.
    void hurry() {
        retire();
        thread.interrupt();
    }

    /// Waits until its engine is closed.
    ///
    /// @return false if that takes longer than the limit
    boolean awaitEnd(Duration limit) throws InterruptedException {
        return thread.join(limit);
    }

    /// The same, however long it takes.
    void awaitEnd() throws InterruptedException {
        thread.join();
    }

    /// What its self-tests said counts no more.
    void forget() {
        watch().left(this);
    }

    private QualityWatch watch() {
        return supply.checks().watch();
    }

    private void run() {
        Niceness.lowerThisThread();
        try (var engine = supply.engines().get()) {
            engine.warmUp();
            var tested = supply.checks().selfTest().map(test -> test.run(engine));
            warm.complete(new OpenEngine(engine.models(), engine.execution(), tested));
            if (appointed.join()) {
                metrics.arenas(engine.arenas());
                workOff(engine);
            }
        } catch (Throwable e) { // also a missing native library, which is an Error
            supply.heap().seen(e);
            if (!warm.completeExceptionally(e)) {
                log.atError().setCause(e).log("Worker ended by a defect");
            }
        }
    }

    private void workOff(Engine engine) {
        while (!retired) {
            try {
                switch (queue.take(() -> retired).orElse(null)) {
                    case Task task -> queue.end(task, work(engine, task));
                    case Examination examination -> {
                        examine(engine, examination);
                        queue.end(examination);
                    }
                    case null -> {} // retired
                }
                readArenas(engine);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return; // in a hurry
            }
        }
    }

    // A test that was cancelled was settled before.
    private void examine(Engine engine, Examination examination) {
        if (!examination.begin(result -> watch().tested(this, result))) {
            return;
        }
        try {
            var moves = new Moves(examination.ticket());
            var test = supply.checks().selfTest().orElseThrow();
            examination.settle(test.run(engine, moves, examination.cancellation()));
        } catch (CancellationException _) {
            log.atInfo().log("Self-test given up");
        } catch (Throwable e) {
            log.atError().setCause(e).log("Self-test failed by a defect");
            supply.heap().seen(e);
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
        } catch (OutOfMemoryError e) {
            supply.heap().seen(e); // also of a task that was given up before
            log.atError()
                    .addKeyValue("requestId", task.order().requestId())
                    .setCause(e)
                    .log("Task needs more memory than there is");
            return task.settled().orElseGet(TaskResult.OutOfMemory::new);
        } catch (Throwable e) {
            if (task.settled().isPresent()) {
                return task.settled().get(); // whoever gave it up took its files along
            }
            if (e instanceof NonFiniteOutputException) {
                watch().nanOutput();
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
        watch().ended(outcome);
        if (outcome instanceof Swapped swapped) {
            metrics.swapped(swapped.elapsed());
            return released(swapped, task);
        }
        supply.release().nothing(task.order().requestId(), label(outcome));
        return outcome;
    }

    private Swapped released(Swapped swapped, Task task) {
        return swapped.withImage(
                supply.release()
                        .picture(
                                swapped.image(),
                                swapped.format().mediaType(),
                                task.order().requestId()));
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

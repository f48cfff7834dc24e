package dev.facefusion.runtime.server;

import dev.facefusion.runtime.health.HealthSampler;
import dev.facefusion.runtime.health.RuntimeLife;
import dev.facefusion.runtime.health.TaskLedger;
import dev.facefusion.runtime.management.Lifecycle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How a server comes to its end, whoever wants it: a signal, an operator, or both.
///
/// The tasks are finished once, on a thread of its own; everything else waits for that.
final class Ending implements Lifecycle {

    private static final Logger log = LoggerFactory.getLogger(Ending.class);

    private final RuntimeLife life;
    private final HealthSampler sampler;
    private final TaskLedger ledger;
    private final Thread thread;
    private final Runnable putOff;
    private final BooleanSupplier inVain;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicBoolean restarting = new AtomicBoolean();
    private final CompletableFuture<Boolean> finished = new CompletableFuture<>();
    private final CompletableFuture<Boolean> restart = new CompletableFuture<>();

    /// Nothing begins yet.
    ///
    /// @param putOff leaves what can wait to the next start of the process; harmless when repeated
    /// @param inVain whether the tasks that run will not come to an end
    /// @param finishTasks blocks until no task is left, and is true if all came to their end; told
    ///   to hurry by an interrupt
    Ending(
            RuntimeLife life,
            HealthSampler sampler,
            TaskLedger ledger,
            Runnable putOff,
            BooleanSupplier inVain,
            BooleanSupplier finishTasks) {
        this.life = life;
        this.sampler = sampler;
        this.ledger = ledger;
        this.putOff = putOff;
        this.inVain = inVain;
        this.thread =
                Thread.ofPlatform().daemon().name("drain").unstarted(() -> finish(finishTasks));
    }

    /// Should get no more tasks, but goes on taking them.
    void leave() {
        life.leaving();
        sampler.refresh();
    }

    @Override
    public Progress drain() {
        if (begun.compareAndSet(false, true)) {
            life.draining();
            sampler.refresh();
            thread.start();
        }
        return progress();
    }

    @Override
    public Progress restart() {
        if (restarting.compareAndSet(false, true)) {
            life.draining();
            putOff.run();
            var _ = finished.whenComplete((all, _) -> restart.complete(all));
        }
        drain();
        if (inVain.getAsBoolean()) {
            hurry();
        }
        return progress();
    }

    /// Done when a restart was asked for and the tasks are over.
    CompletableFuture<?> restartDue() {
        return restart;
    }

    /// Gives up the tasks that it is waiting for.
    void hurry() {
        thread.interrupt();
    }

    /// Blocks until no task is left.
    ///
    /// @return true if all came to their end
    /// @throws CompletionException if a defect ended it
    boolean await() {
        life.draining();
        putOff.run();
        drain();
        return finished.join();
    }

    private void finish(BooleanSupplier finishTasks) {
        try {
            var all = finishTasks.getAsBoolean();
            log.atInfo().addKeyValue("finished", all).log("Drained");
            sampler.refresh();
            finished.complete(all);
        } catch (Throwable e) {
            finished.completeExceptionally(e);
        }
    }

    private Progress progress() {
        var tasks = ledger.figures();
        return new Progress(state(), restarting.get(), tasks.running(), tasks.queued());
    }

    private State state() {
        if (!finished.isDone()) {
            return State.DRAINING;
        }
        var all = finished.exceptionally(_ -> false).join();
        return all ? State.DRAINED : State.TIMED_OUT;
    }
}

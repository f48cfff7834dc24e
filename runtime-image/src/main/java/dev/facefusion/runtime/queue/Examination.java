package dev.facefusion.runtime.queue;

import dev.facefusion.runtime.drift.SelfTestResult;
import dev.facefusion.runtime.drift.SelfTestResult.Fault;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.health.TaskLedger.Ticket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// The golden sample's way to an idle worker and back.
///
/// It is settled once: by its worker, by its deadline, or by a task that needs the worker,
/// whichever is first.
final class Examination implements Work {

    private final Ticket ticket;
    private final Cancellation cancellation = new Cancellation();
    private final AtomicBoolean settled = new AtomicBoolean();
    private final CompletableFuture<Finding> published = new CompletableFuture<>();
    private volatile Consumer<SelfTestResult> witness = _ -> {};
    private volatile boolean over;

    Examination(Ticket ticket) {
        this.ticket = ticket;
    }

    /// What came of it.
    sealed interface Finding {

        /// The engine did well or badly.
        record Tested(SelfTestResult result) implements Finding {}

        /// A task came first.
        record GaveWay() implements Finding {}

        /// Nothing yet.
        record Running() implements Finding {}
    }

    Ticket ticket() {
        return ticket;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    /// A worker begins.
    ///
    /// @param told what the engine did, before anyone else is
    /// @return false if it is settled already: there is nothing to do
    boolean begin(Consumer<SelfTestResult> told) {
        witness = told;
        return !settled.get();
    }

    /// The engine did this; without effect if it is settled already.
    void settle(SelfTestResult result) {
        if (settled.compareAndSet(false, true)) {
            witness.accept(result);
            published.complete(new Finding.Tested(result));
        }
    }

    /// The time is up: that is a fault, and the engine is told to stop.
    void expire() {
        settle(SelfTestResult.failed(Fault.TIMED_OUT));
        cancellation.cancel();
    }

    /// Somebody needs the worker: nothing is found, and the engine is told to stop before anyone
    /// hears of it.
    void giveWay() {
        var first = settled.compareAndSet(false, true);
        cancellation.cancel();
        if (first) {
            published.complete(new Finding.GaveWay());
        }
    }

    /// The worker is free again.
    void end() {
        over = true;
        ticket.withdrawn(); // it is nobody's task: neither answered nor lost
    }

    /// True if the worker is free again. One that hangs never is.
    boolean over() {
        return over;
    }

    /// Waits until it is settled, but no longer than the limit.
    Finding await(Duration limit) throws InterruptedException {
        try {
            return published.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            return new Finding.Running();
        } catch (ExecutionException e) {
            throw new IllegalStateException("it is never published as an exception", e);
        }
    }
}

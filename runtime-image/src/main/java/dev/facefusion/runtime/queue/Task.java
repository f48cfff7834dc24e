package dev.facefusion.runtime.queue;

import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.health.TaskLedger.Ticket;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One accepted order, on its way from the queue to its result.
///
/// It is settled once: by its worker, by its deadline, by whoever cancels it, whichever is first.
public final class Task implements Work {

    private final Order order;
    private final Ticket ticket;
    private final Cancellation cancellation = new Cancellation();
    private final AtomicReference<@Nullable TaskResult> settled = new AtomicReference<>();
    private final CompletableFuture<TaskResult> published = new CompletableFuture<>();
    private volatile @Nullable Future<?> deadline;

    Task(Order order, Ticket ticket) {
        this.order = order;
        this.ticket = ticket;
    }

    Order order() {
        return order;
    }

    Ticket ticket() {
        return ticket;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    void deadline(Future<?> timer) {
        deadline = timer;
        if (published.isDone()) {
            timer.cancel(false);
        }
    }

    /// Decides the result, unless that is done already.
    ///
    /// @return what it is now
    TaskResult settle(TaskResult result) {
        var before = settled.compareAndExchange(null, result);
        return before == null ? result : before;
    }

    Optional<TaskResult> settled() {
        return Optional.ofNullable(settled.get());
    }

    /// Tells everyone who waits; without effect from the second time on.
    void publish(TaskResult result) {
        if (published.complete(result)) {
            var timer = deadline;
            if (timer != null) {
                timer.cancel(false);
            }
            order.observer().ended(result);
        }
    }

    CompletableFuture<TaskResult> published() {
        return published;
    }
}

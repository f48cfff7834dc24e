package dev.facefusion.runtime.queue;

import dev.facefusion.runtime.engine.SwapRequest;
import dev.facefusion.runtime.health.TaskLedger.Ticket;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One accepted request, on its way from the queue to its result.
///
/// It is settled once, by the worker or by its deadline, whichever is first; and it is published
/// once, when it no longer takes a place.
public final class Task {

    private final String requestId;
    private final SwapRequest request;
    private final Ticket ticket;
    private final AtomicReference<@Nullable TaskResult> settled = new AtomicReference<>();
    private final CompletableFuture<TaskResult> published = new CompletableFuture<>();

    Task(String requestId, SwapRequest request, Ticket ticket) {
        this.requestId = requestId;
        this.request = request;
        this.ticket = ticket;
    }

    String requestId() {
        return requestId;
    }

    SwapRequest request() {
        return request;
    }

    Ticket ticket() {
        return ticket;
    }

    /// Decides the result, unless that is done already.
    TaskResult settle(TaskResult result) {
        var before = settled.compareAndExchange(null, result);
        return before == null ? result : before;
    }

    Optional<TaskResult> settled() {
        return Optional.ofNullable(settled.get());
    }

    void publish(TaskResult result) {
        published.complete(result);
    }

    CompletableFuture<TaskResult> published() {
        return published;
    }
}

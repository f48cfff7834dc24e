package dev.facefusion.runtime.server;

import static org.awaitility.Awaitility.await;

import dev.facefusion.runtime.Form;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/// Clients of a server that send one task after the other.
final class SwapLoad implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final AtomicBoolean over = new AtomicBoolean();
    private final Collection<Integer> statuses = new ConcurrentLinkedQueue<>();
    private final List<CompletableFuture<Void>> clients;

    private SwapLoad(RunningServer server, Form form, int clients) {
        this.clients =
                IntStream.range(0, clients)
                        .mapToObj(_ ->
                                CompletableFuture.runAsync(
                                        () -> send(server, form), Thread::startVirtualThread))
                        .toList();
    }

    static SwapLoad begin(RunningServer server, Form form, int clients) {
        return new SwapLoad(server, form, clients);
    }

    private void send(RunningServer server, Form form) {
        while (!over.get()) {
            statuses.add(server.swapLater(form).join().statusCode());
        }
    }

    /// Waits for so many answers more.
    void awaitMore(int answers) {
        int before = statuses.size();
        await().atMost(PATIENCE).until(() -> statuses.size() >= before + answers);
    }

    /// Waits for the answers to what was sent, and sends no more.
    ///
    /// @return their statuses
    Collection<Integer> end() {
        over.set(true);
        clients.forEach(CompletableFuture::join);
        return statuses;
    }

    @Override
    public void close() {
        over.set(true);
    }
}

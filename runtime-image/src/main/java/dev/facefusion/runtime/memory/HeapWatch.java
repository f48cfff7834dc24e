package dev.facefusion.runtime.memory;

import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the heap was full. Whoever else wanted memory at that moment got none, too: what is left
/// of the process is not to be relied on, and it should end as soon as its tasks allow.
public final class HeapWatch {

    private static final Logger log = LoggerFactory.getLogger(HeapWatch.class);

    private final CompletableFuture<Void> full = new CompletableFuture<>();

    /// Hears from now on of every error that a thread of this process ends by.
    public void watchThreads() {
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> {
            seen(error);
            log.atError()
                    .addKeyValue("thread", thread.getName())
                    .setCause(error)
                    .log("Thread ended by a defect");
        });
    }

    /// Takes note of an error that somebody caught. Only that of a full heap counts.
    public void seen(Throwable error) {
        if (error instanceof OutOfMemoryError) {
            full.complete(null);
        }
    }

    /// Done when the heap was full.
    public CompletableFuture<?> full() {
        return full.copy();
    }
}

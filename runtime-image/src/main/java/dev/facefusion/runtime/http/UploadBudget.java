package dev.facefusion.runtime.http;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// The memory that bodies of requests may take together, from before they are read until they are
/// answered. Without it, as many clients as like could fill the heap at once.
final class UploadBudget {

    private final long total;
    private final AtomicLong reserved = new AtomicLong();

    UploadBudget(long totalBytes) {
        this.total = totalBytes;
    }

    /// A third of the heap, and one body of the largest size in any case. A body counts twice: as
    /// read, and as the parts that are cut out of it.
    static UploadBudget ofHeap(long heapBytes, long maxBodyBytes) {
        return new UploadBudget(Math.max(heapBytes / 3 / 2, maxBodyBytes));
    }

    /// The right to read so many bytes, until it is closed; empty if too many are reserved now.
    Optional<Reservation> reserve(long bytes) {
        var before = reserved.getAndUpdate(now -> now + bytes > total ? now : now + bytes);
        return before + bytes > total
                ? Optional.empty()
                : Optional.of(() -> reserved.addAndGet(-bytes));
    }

    /// Closed exactly once, when the bytes are no longer needed.
    interface Reservation extends AutoCloseable {
        @Override
        void close();
    }
}

package dev.facefusion.runtime.upload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// The disk that the bodies of requests may take together, from before they are read until they are
/// no longer needed. Without a bound, as many clients as like could fill it at once.
public final class UploadStore implements AutoCloseable {

    private final WorkFolder folder;
    private final long total;
    private final AtomicLong reserved = new AtomicLong();
    private final AtomicLong count = new AtomicLong();

    private UploadStore(WorkFolder folder, long total) {
        this.folder = folder;
        this.total = total;
    }

    /// Makes this process's folder, and removes those of processes that ended without doing so.
    ///
    /// @throws UncheckedIOException if that cannot be done
    public static UploadStore open(UploadSettings settings) {
        try {
            var all = Files.createDirectories(settings.workDir().resolve("uploads"));
            return new UploadStore(WorkFolder.claim(all), settings.diskBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "WORK_DIR %s cannot be used".formatted(settings.workDir()), e);
        }
    }

    /// Room for so many bytes, until it is closed; empty if too many are reserved now.
    public Optional<Upload> reserve(long bytes) {
        var before = reserved.getAndUpdate(now -> now + bytes > total ? now : now + bytes);
        if (before + bytes > total) {
            return Optional.empty();
        }
        var files = folder.path().resolve(Long.toString(count.incrementAndGet()));
        return Optional.of(new Upload(files, bytes, given -> reserved.addAndGet(-given)));
    }

    /// Bytes that are reserved now.
    public long reservedBytes() {
        return reserved.get();
    }

    /// Removes everything.
    @Override
    public void close() {
        folder.close();
    }
}

package dev.facefusion.runtime.jobs;

import dev.facefusion.runtime.jobs.JournalFormat.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is known of every job, on the disk.
///
/// One thread writes. It takes all that waits at once, so that many jobs share one wait for the
/// disk. A method returns at once with a future that is done when the entry is on the disk, or
/// fails with the [IOException]; the entries are written in the order of the calls.
///
/// The file is written anew when more than half of it is out of date, and after a write that
/// failed: what that one left out is in the next whole one.
final class JobJournal implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(JobJournal.class);

    private static final int MAX_BATCH = 1024;
    // Up to this length a file is not written anew, however out of date it is.
    private static final int SMALL_BYTES = 256 * 1024;
    private static final int LINES_PER_USEFUL_ONE = 2;

    private final JournalFile file;
    private final long epoch;
    private final Runnable failed;
    private final BlockingQueue<Write> waiting = new LinkedBlockingQueue<>();
    private final Thread writer;
    private boolean closed; // guarded by this: nothing is queued behind the end

    // Only the writer's:
    private final Map<String, byte[]> lines = new LinkedHashMap<>();
    private long usefulBytes;
    private long writtenBytes;
    private boolean whole;

    /// @param entry `null` ends the writer
    private record Write(@Nullable Entry entry, CompletableFuture<Void> done) {}

    private JobJournal(JournalFile file, long epoch, Runnable failed) {
        this.file = file;
        this.epoch = epoch;
        this.failed = failed;
        this.writer = Thread.ofPlatform().daemon().name("job-journal").unstarted(this::run);
    }

    /// Writes the jobs as the new beginning of a journal.
    ///
    /// @param epoch larger than that of every earlier journal here
    /// @param failed run for every write that failed
    /// @throws IOException if it cannot be written; nothing is lost then
    static JobJournal begin(JournalFile file, long epoch, List<Job> jobs, Runnable failed)
            throws IOException {
        var journal = new JobJournal(file, epoch, failed);
        jobs.forEach(job -> journal.remember(new Entry.Put(job)));
        journal.writeWhole();
        journal.writer.start();
        return journal;
    }

    CompletableFuture<Void> put(Job job) {
        return enqueue(new Entry.Put(job));
    }

    /// A job that is of no interest any more; nobody needs to wait for that.
    void forget(String id) {
        var _ = enqueue(new Entry.Forgotten(id));
    }

    /// Writes what waits, then ends.
    @Override
    public void close() throws IOException {
        synchronized (this) {
            waiting.add(new Write(null, new CompletableFuture<>()));
            closed = true;
        }
        try {
            writer.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        file.close();
    }

    private synchronized CompletableFuture<Void> enqueue(Entry entry) {
        if (closed) {
            return CompletableFuture.failedFuture(new IOException("the journal is closed"));
        }
        var done = new CompletableFuture<Void>();
        waiting.add(new Write(entry, done));
        return done;
    }

    private void run() {
        try {
            while (writeBatch()) {
                // the next one
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean writeBatch() throws InterruptedException {
        var batch = new ArrayList<Write>();
        batch.add(waiting.take());
        waiting.drainTo(batch, MAX_BATCH);
        var entries = batch.stream().map(Write::entry).filter(entry -> entry != null).toList();
        try {
            write(entries);
            batch.forEach(write -> write.done().complete(null));
        } catch (IOException | RuntimeException e) {
            whole = false;
            failed.run();
            log.atError().setCause(e).log("The journal of the jobs cannot be written");
            batch.forEach(write -> write.done().completeExceptionally(e));
        }
        return batch.stream().noneMatch(write -> write.entry() == null);
    }

    private void write(List<Entry> entries) throws IOException {
        var appended = new ByteArrayOutputStream();
        for (var entry : entries) {
            appended.writeBytes(remember(entry));
        }
        if (appended.size() == 0) {
            return;
        }
        var length = writtenBytes + appended.size();
        if (!whole || (length > SMALL_BYTES && length > LINES_PER_USEFUL_ONE * usefulBytes)) {
            writeWhole();
        } else {
            file.append(appended.toByteArray());
            writtenBytes = length;
        }
    }

    private byte[] remember(Entry entry) {
        var line = JournalFormat.line(entry);
        switch (entry) {
            case Entry.Put(var job) -> {
                var before = lines.put(job.id(), line);
                usefulBytes += line.length - (before == null ? 0 : before.length);
            }
            case Entry.Forgotten(var id) -> {
                var before = lines.remove(id);
                usefulBytes -= before == null ? 0 : before.length;
            }
            case Entry.Head _ -> throw new IllegalArgumentException("the head comes first");
        }
        return line;
    }

    private void writeWhole() throws IOException {
        var content = new ByteArrayOutputStream();
        content.writeBytes(JournalFormat.line(new Entry.Head(JournalFormat.VERSION, epoch)));
        lines.values().forEach(content::writeBytes);
        file.replace(content.toByteArray());
        writtenBytes = content.size();
        whole = true;
    }
}

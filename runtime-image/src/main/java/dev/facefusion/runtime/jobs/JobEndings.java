package dev.facefusion.runtime.jobs;

import dev.facefusion.runtime.engine.SwapOutcome;
import dev.facefusion.runtime.engine.SwapOutcome.BadMedia;
import dev.facefusion.runtime.engine.SwapOutcome.BadOption;
import dev.facefusion.runtime.engine.SwapOutcome.NoFace;
import dev.facefusion.runtime.engine.SwapOutcome.Swapped;
import dev.facefusion.runtime.engine.video.Alteration;
import dev.facefusion.runtime.engine.video.VideoOutcome;
import dev.facefusion.runtime.queue.TaskResult;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.CallerRunsPolicy;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns what the engine made into the end of a job: a result on the disk, or a reason.
///
/// One thread of its own waits for the disk. When it falls behind by a few results, whoever brings
/// the next one writes that itself: a disk that is slower than the engine slows the engine down,
/// and the memory holds few pictures.
final class JobEndings implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(JobEndings.class);

    private static final int MAX_WAITING = 8;
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final JobSettings settings;
    private final JobStore store;
    private final JobTable table;
    private final JobMetrics metrics;
    private final InstantSource clock;
    private final ThreadPoolExecutor writer =
            new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(MAX_WAITING),
                    Thread.ofPlatform().daemon().name("job-results").factory(),
                    new CallerRunsPolicy());

    JobEndings(
            JobSettings settings,
            JobStore store,
            JobTable table,
            JobMetrics metrics,
            InstantSource clock) {
        this.settings = settings;
        this.store = store;
        this.table = table;
        this.metrics = metrics;
        this.clock = clock;
    }

    /// Takes the engine's word on a job. Late words about an ended one change nothing.
    void end(Job job, TaskResult result) {
        writer.execute(() -> {
            try {
                conclude(job, result);
            } catch (RuntimeException e) { // a defect of ours must not leave the job hanging
                log.atError()
                        .addKeyValue("job", job.id())
                        .setCause(e)
                        .log("Job failed by a defect");
                fail(job, new JobFailure.Defect());
            }
        });
    }

    /// Ends a job whose client no longer wants it.
    ///
    /// @throws IOException if that cannot be written; the job has ended all the same
    void cancel(Job job) throws IOException {
        conclude(job, ended -> ended.cancelled(clock.instant()));
    }

    /// Takes note of how much of a result is on the disk. A job whose result finds no room fails,
    /// and is told to stop.
    void grown(Job job, long bytes, Runnable stop) {
        var evicted = table.grown(job.id(), bytes);
        if (evicted.isEmpty()) {
            writer.execute(() -> {
                fail(job, noRoom());
                stop.run();
            });
        } else if (!evicted.get().isEmpty()) {
            writer.execute(() -> removeFiles(evicted.get()));
        }
    }

    /// The engine writes no more: what is left of a job without a result goes.
    void left(Job job) {
        writer.execute(() -> tidy(job));
    }

    /// Waits for the ends that are under way.
    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(CLOSING.toSeconds(), TimeUnit.SECONDS)) {
                log.atWarn().log("Results are left unwritten: their jobs run again");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void conclude(Job job, TaskResult result) {
        switch (result) {
            case TaskResult.Done(var outcome) -> conclude(job, outcome);
            case TaskResult.Filmed(VideoOutcome.Finished film) -> succeed(job, film.alterations());
            case TaskResult.Filmed(VideoOutcome.NotReady(var reason)) -> conclude(job, reason);
            case TaskResult.Filmed(VideoOutcome.Refused(var fault, var detail)) ->
                    fail(job, new JobFailure.BadVideo(fault, detail));
            case TaskResult.Filmed(VideoOutcome.NotWritten(var reason)) ->
                    diskFailed(job, new IOException(reason));
            case TaskResult.Filmed(VideoOutcome.Failed(var detail)) ->
                    fail(job, new JobFailure.VideoFailed(detail));
            case TaskResult.Failed _ -> fail(job, new JobFailure.Defect());
            case TaskResult.OutOfMemory _ -> fail(job, new JobFailure.OutOfMemory());
            case TaskResult.Expired _ -> fail(job, new JobFailure.TimedOut(job.order().patience()));
            // Either its client cancelled it, which is written already, or the process ends and the
            // next one carries on.
            case TaskResult.Cancelled _, TaskResult.Abandoned _ -> {}
        }
    }

    private void conclude(Job job, SwapOutcome outcome) {
        switch (outcome) {
            case Swapped swapped -> succeed(job, swapped);
            case NoFace(var input) -> fail(job, new JobFailure.NoFace(input));
            case BadMedia(var input, var fault, var detail) ->
                    fail(job, new JobFailure.BadMedia(input, fault, detail));
            case BadOption(var option, var expected) ->
                    fail(job, new JobFailure.BadOption(option, expected));
        }
    }

    private void succeed(Job job, Swapped swapped) {
        if (table.find(job.id()).filter(Job::ended).isPresent()
                || !makeRoom(job, swapped.image().length)) {
            return;
        }
        try {
            store.writeResult(job.id(), swapped.image());
        } catch (IOException e) {
            diskFailed(job, e);
            return;
        }
        succeed(job, Set.of());
    }

    // The result is in its place, if the job is still wanted.
    private void succeed(Job job, Set<Alteration> alterations) {
        try {
            store.findResult(job.id()).ifPresent(found -> succeed(job, found, alterations));
        } catch (IOException e) {
            diskFailed(job, e);
        }
        tidy(job);
    }

    private void succeed(Job job, JobStore.Found found, Set<Alteration> alterations) {
        if (!makeRoom(job, found.bytes())) {
            return;
        }
        var now = clock.instant();
        var result =
                new JobResult(
                        job.order().mediaType(),
                        found.bytes(),
                        found.sha256(),
                        now.plus(settings.resultTtl()),
                        alterations);
        try {
            conclude(job, ended -> ended.succeeded(now, result));
        } catch (IOException _) {
            // The journal told of it; after a restart the result speaks for itself.
        }
    }

    private boolean makeRoom(Job job, long resultBytes) {
        var evicted = table.makeRoom(job, resultBytes);
        evicted.ifPresentOrElse(this::removeFiles, () -> fail(job, noRoom()));
        return evicted.isPresent();
    }

    private JobFailure noRoom() {
        return new JobFailure.NoRoom(settings.diskBytes());
    }

    private void removeFiles(List<Job> jobs) {
        jobs.forEach(this::removeFiles);
    }

    private void removeFiles(Job job) {
        try {
            store.remove(job.id());
        } catch (IOException e) {
            log.atWarn().addKeyValue("job", job.id()).setCause(e).log("Files not removed");
        }
    }

    private void diskFailed(Job job, IOException cause) {
        log.atError().addKeyValue("job", job.id()).setCause(cause).log("Result not kept");
        fail(job, new JobFailure.DiskFailed());
    }

    // Its client may have cancelled the job while the result was written.
    private void tidy(Job job) {
        var now = table.find(job.id());
        if (now.isEmpty() || (now.get().ended() && !now.get().hasResult())) {
            removeFiles(job);
        }
    }

    private void fail(Job job, JobFailure failure) {
        try {
            conclude(job, ended -> ended.failed(clock.instant(), failure));
        } catch (IOException _) {
            // The journal told of it; after a restart the job runs again.
        }
    }

    // The files go only after the end is on the disk: until then a restart needs them.
    private void conclude(Job job, UnaryOperator<Job> end) throws IOException {
        var change = table.change(job.id(), end);
        if (change.isEmpty()) {
            return;
        }
        var ended = change.get().job();
        metrics.ended(ended);
        log.atInfo()
                .addKeyValue("job", ended.id())
                .addKeyValue("requestId", ended.order().requestId())
                .addKeyValue("state", ended.state().getClass().getSimpleName())
                .addKeyValue("attempts", ended.attempts())
                .log("Job ended");
        awaitDisk(change.get());
        if (ended.hasResult()) {
            store.removeInputs(ended.id());
        } else {
            store.remove(ended.id());
        }
    }

    static void awaitDisk(JobTable.Change change) throws IOException {
        try {
            change.journalled().join();
        } catch (CompletionException e) {
            throw new IOException("the journal cannot be written", e.getCause());
        }
    }
}

package dev.facefusion.runtime.jobs;

import dev.facefusion.runtime.jobs.JobState.Ended;
import dev.facefusion.runtime.jobs.JobState.Removal;
import dev.facefusion.runtime.jobs.JobState.Succeeded;
import dev.facefusion.runtime.memory.Chore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How long ended jobs stay: a result for its time, and what is known of the job for as long again,
/// so that a client that comes too late is told why. Of the ended ones only so many are known at
/// once; the oldest go first.
final class JobRetention implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(JobRetention.class);

    private static final int MAX_ENDED = 10_000;
    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final JobSettings settings;
    private final JobStore store;
    private final JobTable table;
    private final InstantSource clock;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("job-retention").factory());

    JobRetention(JobSettings settings, JobStore store, JobTable table, InstantSource clock) {
        this.settings = settings;
        this.store = store;
        this.table = table;
        this.clock = clock;
        var _ =
                timer.scheduleWithFixedDelay(
                        new Chore(this::sweep),
                        PERIOD.toMillis(),
                        PERIOD.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /// The job as it is now, also between two sweeps.
    Job seen(Job job) {
        return job.state() instanceof Succeeded(_, _, var result, _)
                        && !clock.instant().isBefore(result.expiresAt())
                ? job.resultRemoved(Removal.EXPIRED)
                : job;
    }

    void sweep() {
        try {
            var jobs = table.jobs();
            jobs.stream().filter(job -> !seen(job).equals(job)).forEach(this::expire);
            var now = clock.instant();
            var ended =
                    jobs.stream()
                            .filter(Job::ended)
                            .sorted(Comparator.comparing(JobRetention::finishedAt))
                            .toList();
            var tooMany = ended.size() - MAX_ENDED;
            for (var i = 0; i < ended.size(); i++) {
                if (i < tooMany || forgetAt(ended.get(i)).isBefore(now)) {
                    forget(ended.get(i));
                }
            }
        } catch (RuntimeException e) { // the timer would stop for good
            log.atError().setCause(e).log("Ended jobs were not cleared");
        }
    }

    /// Removes the result of a job, if it has one.
    ///
    /// @throws IOException if the disk does not take it
    void remove(Job job, Removal why) throws IOException {
        var change = table.change(job.id(), ended -> ended.resultRemoved(why));
        if (change.isPresent()) {
            JobEndings.awaitDisk(change.get());
            store.remove(job.id());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void expire(Job job) {
        try {
            remove(job, Removal.EXPIRED);
        } catch (IOException e) {
            log.atWarn().addKeyValue("job", job.id()).setCause(e).log("Result not removed");
        }
    }

    private void forget(Job job) {
        table.drop(job.id());
        try {
            store.remove(job.id());
        } catch (IOException e) {
            log.atWarn().addKeyValue("job", job.id()).setCause(e).log("Files not removed");
        }
    }

    private Instant forgetAt(Job job) {
        return finishedAt(job).plus(settings.resultTtl()).plus(settings.resultTtl());
    }

    private static Instant finishedAt(Job job) {
        return job.state() instanceof Ended ended ? ended.finishedAt() : Instant.MAX;
    }
}

package dev.facefusion.runtime.jobs;

import dev.facefusion.runtime.config.ConfigException;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a process does with the jobs of the one before:
///
/// 1. take the directory;
/// 2. read the journal, and decide about every job that has not ended;
/// 3. write the journal anew with that;
/// 4. remove the files that no job needs;
/// 5. queue what waits, in the order of acceptance.
///
/// A process that is killed in between leaves the journal of before or the new one, whole.
public record JobOpening(
        JobSettings settings, JobRunner runner, MeterRegistry registry, InstantSource clock) {

    private static final Logger log = LoggerFactory.getLogger(JobOpening.class);

    // Event numbers of a process: its epoch, then a counter. Exact in JavaScript for the first two
    // million starts.
    private static final int COUNTER_BITS = 32;

    /// Takes the jobs over.
    ///
    /// @throws ConfigException if the directory cannot be used
    public JobService open() {
        var store = JobStore.open(settings.directory());
        try {
            return open(store);
        } catch (IOException e) {
            store.close();
            throw new ConfigException(
                    "WORK_DIR: the jobs in %s cannot be read or written (%s). Set WORK_DIR to a directory that can."
                            .formatted(settings.directory(), e));
        } catch (ConfigException e) {
            store.close();
            throw e;
        }
    }

    private JobService open(JobStore store) throws IOException {
        var metrics = new JobMetrics(registry);
        var content = JournalFormat.read(read(store.journal()));
        if (content.unreadable() > 0) {
            metrics.journalErrors(content.unreadable());
            log.atError()
                    .addKeyValue("lines", content.unreadable())
                    .log("The journal of the jobs is damaged: what these lines said is lost");
        }
        var epoch = content.epoch() + 1;
        var firstEvent = epoch << COUNTER_BITS;
        var recovery = new Recovery(clock.instant(), settings.resultTtl());
        var jobs = recover(recovery, content.jobs(), store, firstEvent, metrics);
        var journal =
                JobJournal.begin(
                        DurableFile.open(store.journal()),
                        epoch,
                        jobs,
                        () -> metrics.journalErrors(1));
        clear(store, jobs);
        var table = new JobTable(journal, jobs, firstEvent + jobs.size(), settings.diskBytes());
        metrics.watch(table);
        var service = new JobService(settings, runner, store, journal, table, metrics, clock);
        var waiting = jobs.stream().filter(job -> !job.ended()).toList();
        waiting.forEach(job -> service.resume(job, recovery.patience(job)));
        log.atInfo()
                .addKeyValue("known", jobs.size())
                .addKeyValue("queued", waiting.size())
                .log("Jobs read");
        return service;
    }

    private static byte[] read(Path journal) throws IOException {
        try {
            return Files.readAllBytes(journal);
        } catch (NoSuchFileException _) {
            return new byte[0];
        }
    }

    private static List<Job> recover(
            Recovery recovery, List<Job> jobs, JobStore store, long event, JobMetrics metrics)
            throws IOException {
        var recovered = new ArrayList<Job>();
        for (var job : jobs) {
            var result = job.ended() ? null : store.findResult(job.id()).orElse(null);
            var now = recovery.recover(job, result, store.hasInputs(job.id()));
            if (now.ended() && !job.ended()) {
                metrics.ended(now);
            }
            recovered.add(now.equals(job) ? job : now.at(event + recovered.size()));
        }
        recovered.sort(Comparator.comparingLong(job -> job.order().number()));
        return recovered;
    }

    private static void clear(JobStore store, List<Job> jobs) throws IOException {
        store.removeAllBut(
                jobs.stream()
                        .filter(job -> !job.ended() || job.hasResult())
                        .map(Job::id)
                        .collect(Collectors.toSet()));
        for (var job : jobs) {
            if (job.hasResult()) {
                store.removeInputs(job.id());
            }
            if (!job.ended()) {
                store.removeUnfinished(job.id());
            }
        }
    }
}

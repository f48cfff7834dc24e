package dev.facefusion.runtime.jobs;

import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.engine.video.VideoProgress;
import dev.facefusion.runtime.jobs.JobState.Queued;
import dev.facefusion.runtime.jobs.JobState.Removal;
import dev.facefusion.runtime.queue.Admission;
import dev.facefusion.runtime.queue.Lane;
import dev.facefusion.runtime.queue.Order;
import dev.facefusion.runtime.queue.TaskObserver;
import dev.facefusion.runtime.queue.TaskResult;
import dev.facefusion.runtime.upload.StoredFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The jobs: accepted, carried out, kept for a time, forgotten.
///
/// A job that is accepted is on the disk, and ends with a result or a reason, whatever happens to
/// the process in between. A job belongs to a client; to any other it does not exist.
public final class JobService implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(JobService.class);

    private final JobSettings settings;
    private final JobRunner runner;
    private final JobStore store;
    private final JobJournal journal;
    private final JobTable table;
    private final JobEndings endings;
    private final JobRetention retention;
    private final InstantSource clock;
    private final Map<String, JobRunner.Turn> turns = new ConcurrentHashMap<>();
    private volatile boolean suspended;

    JobService(
            JobSettings settings,
            JobRunner runner,
            JobStore store,
            JobJournal journal,
            JobTable table,
            JobMetrics metrics,
            InstantSource clock) {
        this.settings = settings;
        this.runner = runner;
        this.store = store;
        this.journal = journal;
        this.table = table;
        this.endings = new JobEndings(settings, store, table, metrics, clock);
        this.retention = new JobRetention(settings, store, table, clock);
        this.clock = clock;
    }

    /// A result to hand out.
    public sealed interface Result {

        record Ready(JobResult result, Path file) implements Result {}

        /// The job has not ended, or ended without one.
        record None(Job job) implements Result {}

        /// There was one.
        record Gone(Removal why) implements Result {}
    }

    /// Why a wish would be turned away now, if it would: for refusing a request before its body is
    /// read.
    ///
    /// @param key of the client; what is known under it is answered in any case
    public Optional<Admission.Rejected> refusal(String client, Lane lane, Optional<String> key) {
        return key.filter(text -> table.knows(client, text)).isPresent()
                ? Optional.empty()
                : runner.refusal(lane);
    }

    /// Makes a job of the wish. Blocks until it is on the disk.
    public Acceptance accept(Submission wish) {
        try {
            return accept(wish, order(wish));
        } catch (IOException e) {
            log.atError()
                    .addKeyValue("requestId", wish.requestId())
                    .setCause(e)
                    .log("Job not accepted: the disk failed");
            return new Acceptance.DiskFailed();
        }
    }

    /// The job, if it is this client's.
    public Optional<Job> find(String client, String id) {
        return table.find(id).filter(job -> job.order().client().equals(client));
    }

    /// How many tasks come before the job, 0 when it is the next; empty when it does not wait.
    public OptionalInt position(Job job) {
        var turn = turns.get(job.id());
        return turn == null || !(job.state() instanceof Queued)
                ? OptionalInt.empty()
                : turn.position();
    }

    /// The result of a job.
    public Result result(Job job) {
        return switch (retention.seen(job).state()) {
            case JobState.Succeeded(_, _, var result, var removed) when removed == null ->
                    new Result.Ready(result, store.result(job.id()));
            case JobState.Succeeded(_, _, _, var removed) when removed != null ->
                    new Result.Gone(removed);
            case JobState _ -> new Result.None(job);
        };
    }

    /// Cancels a job that has not ended and removes the files of any.
    ///
    /// @return the job as it is then
    /// @throws IOException if the disk does not take it
    public Job delete(Job job) throws IOException {
        try {
            endings.cancel(job);
        } finally {
            stop(job.id());
        }
        retention.remove(job, Removal.DELETED);
        return table.find(job.id()).orElse(job);
    }

    /// Waits until the client sees a job that is as wished, at most until the limit.
    ///
    /// @return the job as it is then, wished or not; empty if it is gone or the jobs are put off
    public Optional<Job> await(Job job, Predicate<Job> wished, Duration limit)
            throws InterruptedException {
        return table.await(job.id(), wished, limit);
    }

    /// Takes the jobs that wait out of the queue: they stay in the journal for the next process.
    /// The ones that run go on.
    public void suspend() {
        suspended = true;
        table.suspend();
        var waiting = table.jobs().stream().filter(job -> job.state() instanceof Queued).toList();
        waiting.forEach(job -> stop(job.id()));
        log.atInfo().addKeyValue("jobs", waiting.size()).log("Jobs put off to the next start");
    }

    /// Writes what is under way and gives the directory free.
    @Override
    public void close() {
        table.close();
        endings.close();
        retention.close();
        try {
            journal.close();
        } catch (IOException e) {
            log.atError().setCause(e).log("The journal of the jobs cannot be closed");
        }
        store.close();
    }

    /// Expires results and forgets jobs whose time is up.
    void sweep() {
        retention.sweep();
    }

    /// Queues a job of an earlier life again.
    void resume(Job job, Duration patience) {
        var observer = new Observer(job);
        keep(observer, runner.resubmit(order(job, patience, observer)));
    }

    private Acceptance accept(Submission wish, JobOrder order) throws IOException {
        return switch (table.reserve(order)) {
            case JobTable.Place.New(var numbered, var evicted) -> {
                for (var old : evicted) {
                    store.remove(old.id());
                }
                yield begin(wish, numbered);
            }
            case JobTable.Place.Known(var id, var accepted) when accepted.join() ->
                    table.find(id)
                            .<Acceptance>map(Acceptance.Replayed::new)
                            .orElseGet(Acceptance.DiskFailed::new);
            // The first one with this key was turned away: this one has its own try.
            case JobTable.Place.Known _ -> accept(wish, order);
            case JobTable.Place.KeyReused _ -> new Acceptance.KeyReused();
            case JobTable.Place.NoRoom _ -> new Acceptance.NoRoom(settings.diskBytes());
        };
    }

    private Acceptance begin(Submission wish, JobOrder order) throws IOException {
        var accepted = false;
        try {
            store.adopt(
                    order.id(),
                    wish.sources().stream().map(StoredFile::path).toList(),
                    wish.target().path());
            var change = table.accept(order.id());
            JobEndings.awaitDisk(change);
            var observer = new Observer(change.job());
            var start = runner.submit(order(change.job(), order.patience(), observer));
            accepted = start instanceof JobRunner.Start.Begun;
            return switch (start) {
                case JobRunner.Start.Refused(var why) -> new Acceptance.Refused(why);
                case JobRunner.Start.Begun(var turn) -> {
                    keep(observer, turn);
                    yield new Acceptance.Accepted(change.job());
                }
            };
        } finally {
            if (!accepted) {
                table.drop(order.id());
                store.remove(order.id());
            }
        }
    }

    private JobOrder order(Submission wish) {
        return new JobOrder(
                UUID.randomUUID().toString(),
                0,
                wish.client(),
                wish.requestId(),
                wish.lane(),
                wish.options(),
                wish.film(),
                wish.inputBytes(),
                wish.key() == null ? null : IdempotencyKey.of(wish.key(), wish),
                clock.instant(),
                wish.patience());
    }

    private Order order(Job job, Duration patience, Observer observer) {
        var order = job.order();
        return new Order(
                order.requestId(),
                order.client(),
                order.lane(),
                store.assignment(order),
                patience,
                observer);
    }

    private void stop(String id) {
        var turn = turns.remove(id);
        if (turn != null) {
            turn.cancel();
        }
    }

    // A job may have ended, or been put off or deleted, before its turn was known here. A turn that
    // is over must not be kept: it holds the picture.
    private void keep(Observer observer, JobRunner.Turn turn) {
        var id = observer.job.id();
        turns.put(id, turn);
        if (observer.over || suspended || table.find(id).filter(job -> !job.ended()).isEmpty()) {
            stop(id);
        }
    }

    /// Hears what becomes of a job in the queue.
    private final class Observer implements TaskObserver {

        private final Job job;
        private volatile boolean over;

        private Observer(Job job) {
            this.job = job;
        }

        @Override
        public void started() {
            table.change(job.id(), queued -> queued.started(clock.instant()));
        }

        @Override
        public void progressed(Stage stage) {
            table.moved(job.id(), running -> running.passed(stage));
        }

        @Override
        public void filmed(VideoProgress progress) {
            table.moved(job.id(), running -> running.filmed(progress));
            try {
                endings.grown(job, store.unfinishedBytes(job.id()), () -> stop(job.id()));
            } catch (IOException e) {
                log.atWarn().addKeyValue("job", job.id()).setCause(e).log("Result not measured");
            }
        }

        @Override
        public void ended(TaskResult result) {
            over = true;
            turns.remove(job.id());
            endings.end(job, result);
        }

        @Override
        public void left() {
            endings.left(job);
        }
    }
}

package dev.facefusion.runtime.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.facefusion.runtime.config.ConfigException;
import dev.facefusion.runtime.engine.Input;
import dev.facefusion.runtime.engine.SwapOutcome;
import dev.facefusion.runtime.engine.SwapRequest;
import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.engine.video.VideoProgress;
import dev.facefusion.runtime.jobs.JobState.Cancelled;
import dev.facefusion.runtime.jobs.JobState.Failed;
import dev.facefusion.runtime.jobs.JobState.Removal;
import dev.facefusion.runtime.jobs.JobState.Running;
import dev.facefusion.runtime.jobs.JobState.Succeeded;
import dev.facefusion.runtime.queue.Admission;
import dev.facefusion.runtime.queue.Assignment;
import dev.facefusion.runtime.queue.Order;
import dev.facefusion.runtime.queue.TaskResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class JobServiceTest {

    private final Path directory;
    private final Workshop shop;

    JobServiceTest(@TempDir Path directory) {
        this.directory = directory;
        shop = new Workshop(directory, 1000);
    }

    @AfterEach
    void close() throws Exception {
        shop.close();
    }

    @Test
    void carriesAJobOutAndHandsOutItsResult() throws Exception {
        // given
        var job = shop.accepted("target");
        assertThat(shop.jobs.position(job)).hasValue(0);
        var order = shop.runner.begin();
        assertThat(picture(order).sources().getFirst()).hasContent("face");
        assertThat(picture(order).target()).hasContent("target");
        shop.until(job, seen -> seen.state() instanceof Running);

        // when
        shop.now = Jobs.NOON.plusSeconds(2);
        shop.runner.end(order, FakeRunner.done("image"));

        // then
        var ended = shop.until(job, Job::ended);
        assertThat(ended.attempts()).isEqualTo(1);
        assertThat(shop.jobs.result(ended))
                .isEqualTo(
                        new JobService.Result.Ready(
                                // sha256sum of "image"
                                new JobResult(
                                        "image/png",
                                        5,
                                        "6105d6cc76af400325e94d588ce511be5bfdbb73b437dc51eca43917d7a43e3d",
                                        Jobs.NOON.plusSeconds(2).plus(Workshop.TTL)),
                                shop.files(job).resolve("result")));
        assertThat(shop.files(job).resolve("result")).hasContent("image");
        assertThat(shop.files(job).resolve("source")).doesNotExist();
    }

    @Test
    void saysWhyAJobHasNoResult() {
        // given
        var job = shop.accepted("target");

        // when
        shop.runner.end(
                shop.runner.begin(), new TaskResult.Done(new SwapOutcome.NoFace(Input.TARGET)));

        // then
        var ended = shop.until(job, Job::ended);
        assertThat(ended.state())
                .isEqualTo(new Failed(Jobs.NOON, Jobs.NOON, new JobFailure.NoFace(Input.TARGET)));
        assertThat(shop.jobs.result(ended)).isEqualTo(new JobService.Result.None(ended));
    }

    @Test
    void showsAJobToItsClientOnly() {
        // given
        var job = shop.accepted("target");

        // then
        assertThat(shop.jobs.find("alice", job.id())).isPresent();
        assertThat(shop.jobs.find("mallory", job.id())).isEmpty();
    }

    @Test
    void takesNothingThatTheQueueRefuses() throws Exception {
        // given
        var why = new Admission.QueueFull(1, Duration.ofSeconds(3));
        shop.runner.refuse(why);

        // when
        var answer = shop.jobs.accept(shop.wish("k", "face", "target"));

        // then
        assertThat(answer).isEqualTo(new Acceptance.Refused(why));
        assertThat(shop.directory().resolve("files")).isEmptyDirectory();
        shop.restart();
        assertThat(shop.runner.waiting()).isEmpty();
    }

    @Test
    void startsOneJobForOneKey() {
        // given
        var first = (Acceptance.Accepted) shop.jobs.accept(shop.wish("k", "face", "target"));

        // when
        var same = shop.jobs.accept(shop.wish("k", "face", "target"));
        var other = shop.jobs.accept(shop.wish("k", "face", "another target"));

        // then
        assertThat(same).isEqualTo(new Acceptance.Replayed(first.job()));
        assertThat(other).isEqualTo(new Acceptance.KeyReused());
        assertThat(shop.runner.waiting()).hasSize(1);
    }

    @Test
    void startsOneJobForOneKeyThatComesManyTimesAtOnce() {
        // given
        var wishes = Stream.generate(() -> shop.wish("k", "face", "target")).limit(20).toList();

        // when
        var answers =
                wishes.stream()
                        .map(wish -> CompletableFuture.supplyAsync(() -> shop.jobs.accept(wish)))
                        .toList()
                        .stream()
                        .map(CompletableFuture::join)
                        .toList();

        // then
        assertThat(answers).filteredOn(Acceptance.Accepted.class::isInstance).hasSize(1);
        assertThat(answers).filteredOn(Acceptance.Replayed.class::isInstance).hasSize(19);
        assertThat(shop.runner.waiting()).hasSize(1);
    }

    @Test
    void knowsAKeyAfterARestart() throws Exception {
        // given
        var first = (Acceptance.Accepted) shop.jobs.accept(shop.wish("k", "face", "target"));
        shop.restart();

        // when
        var again = shop.jobs.accept(shop.wish("k", "face", "target"));

        // then
        assertThat(again).isInstanceOf(Acceptance.Replayed.class);
        assertThat(((Acceptance.Replayed) again).job().id()).isEqualTo(first.job().id());
    }

    @Test
    void answersAKnownKeyHoweverFullTheQueueIs() {
        // given
        var first = (Acceptance.Accepted) shop.jobs.accept(shop.wish("k", "face", "target"));
        shop.runner.refuse(new Admission.Draining());

        // then
        assertThat(shop.jobs.refusal("alice", first.job().order().lane(), Optional.of("k")))
                .isEmpty();
        assertThat(shop.jobs.accept(shop.wish("k", "face", "target")))
                .isEqualTo(new Acceptance.Replayed(first.job()));
    }

    @Test
    void queuesWhatWasQueuedAgainInItsOrder() throws Exception {
        // given
        var first = shop.accepted("1");
        var second = shop.accepted("2");
        var third = shop.accepted("3");
        shop.runner.begin();
        shop.until(first, job -> job.state() instanceof Running);

        // when
        shop.restart();

        // then
        assertThat(shop.runner.waiting())
                .extracting(order -> Files.readString(picture(order).target()))
                .containsExactly("1", "2", "3");
        assertThat(shop.see(second).event()).isEqualTo(second.event());
        shop.runner.run("image");
        assertThat(shop.until(first, Job::ended).attempts()).isEqualTo(2);
        assertThat(shop.see(first).event()).isGreaterThan(third.event());
    }

    @Test
    void runsNothingAgainThatHadItsResult(@TempDir Path next) throws Exception {
        // given: the process is killed between the result and the journal
        var job = shop.accepted("target");
        shop.runner.begin();
        shop.until(job, seen -> seen.state() instanceof Running);
        Files.writeString(shop.files(job).resolve("result"), "image");

        // when
        try (var after = shop.killed(next)) {

            // then
            assertThat(after.runner.waiting()).isEmpty();
            assertThat(after.see(job).state()).isInstanceOf(Succeeded.class);
            assertThat(after.files(job).resolve("source")).doesNotExist();
        }
    }

    @Test
    void takesNoHalfWrittenResultForOne(@TempDir Path next) throws Exception {
        // given
        var job = shop.accepted("target");
        Files.writeString(shop.files(job).resolve("result.new"), "ima");

        // when
        try (var after = shop.killed(next)) {

            // then
            assertThat(after.runner.waiting()).hasSize(1);
            after.runner.run("image");
            after.until(job, Job::hasResult);
        }
    }

    @Test
    void removesTheFilesOfRequestsThatGotNoAnswer(@TempDir Path next) throws Exception {
        // given
        Files.createDirectories(shop.directory().resolve("files/unknown"));
        Files.writeString(shop.directory().resolve("files/unknown/source"), "x");

        // when
        try (var after = shop.killed(next)) {

            // then
            assertThat(after.directory().resolve("files")).isEmptyDirectory();
        }
    }

    @Test
    void keepsAResultForItsTime() throws Exception {
        // given
        var job = shop.done("image");

        // when
        shop.now = Jobs.NOON.plus(Workshop.TTL).minusMillis(1);
        shop.jobs.sweep();

        // then
        assertThat(shop.jobs.result(shop.see(job))).isInstanceOf(JobService.Result.Ready.class);

        // when
        shop.now = Jobs.NOON.plus(Workshop.TTL);

        // then: also before the sweep
        assertThat(shop.jobs.result(shop.see(job)))
                .isEqualTo(new JobService.Result.Gone(Removal.EXPIRED));
        shop.jobs.sweep();
        assertThat(shop.see(job).hasResult()).isFalse();
        assertThat(shop.files(job)).doesNotExist();

        // when
        shop.now = Jobs.NOON.plus(Workshop.TTL).plus(Workshop.TTL).plusMillis(1);
        shop.jobs.sweep();

        // then
        assertThat(shop.jobs.find("alice", job.id())).isEmpty();
        shop.restart();
        assertThat(shop.jobs.find("alice", job.id())).isEmpty();
    }

    @Test
    void removesTheOldestResultsForNewJobs() {
        // given: three results of 300 bytes in 1,000
        var first = shop.done("x".repeat(300));
        shop.now = Jobs.NOON.plusSeconds(1);
        var second = shop.done("x".repeat(300));
        shop.now = Jobs.NOON.plusSeconds(2);
        var third = shop.done("x".repeat(300));

        // when
        var fourth = shop.accepted("x".repeat(350));

        // then
        assertThat(shop.jobs.result(shop.see(first)))
                .isEqualTo(new JobService.Result.Gone(Removal.EVICTED));
        assertThat(shop.files(first)).doesNotExist();
        assertThat(shop.see(second).hasResult()).isTrue();
        assertThat(shop.see(third).hasResult()).isTrue();
        assertThat(shop.see(fourth).ended()).isFalse();
        assertThat(shop.metrics.get("fusion.job.disk").gauge().value()).isEqualTo(954);
    }

    @Test
    void refusesJobsThatFindNoRoomBesideThoseThatWait() {
        // given
        var kept = shop.done("x".repeat(100));
        var waiting = shop.accepted("x".repeat(600));

        // when
        var answer = shop.jobs.accept(shop.wish(null, "face", "x".repeat(500)));

        // then: and nothing was removed in vain
        assertThat(answer).isEqualTo(new Acceptance.NoRoom(1000));
        assertThat(shop.see(waiting).ended()).isFalse();
        assertThat(shop.see(kept).hasResult()).isTrue();
    }

    @Test
    void failsAJobWhoseResultFindsNoRoom() {
        // given
        var job = shop.accepted("target");

        // when
        shop.runner.run("x".repeat(1001));

        // then
        assertThat(shop.until(job, Job::ended).state())
                .isEqualTo(new Failed(Jobs.NOON, Jobs.NOON, new JobFailure.NoRoom(1000)));
    }

    @Test
    void failsAJobWhoseResultCannotBeWritten() throws Exception {
        // given: a directory where the result should go
        var job = shop.accepted("target");
        Files.createDirectories(shop.files(job).resolve("result/x"));

        // when
        shop.runner.run("image");

        // then
        assertThat(shop.until(job, Job::ended).state())
                .isEqualTo(new Failed(Jobs.NOON, Jobs.NOON, new JobFailure.DiskFailed()));
    }

    @Test
    void cancelsAJobThatWaits() throws Exception {
        // given
        var job = shop.accepted("target");

        // when
        var deleted = shop.jobs.delete(job);

        // then
        assertThat(deleted.state()).isEqualTo(new Cancelled(null, Jobs.NOON));
        assertThat(shop.runner.waiting()).isEmpty();
        assertThat(shop.files(job)).doesNotExist();
        shop.restart();
        assertThat(shop.runner.waiting()).isEmpty();
        assertThat(shop.see(job)).isEqualTo(deleted);
    }

    @Test
    void staysCancelledWhateverTheEngineSaysLater() throws Exception {
        // given
        var job = shop.accepted("target");
        var order = shop.runner.begin();
        shop.until(job, seen -> seen.state() instanceof Running);

        // when
        shop.jobs.delete(job);
        order.observer().ended(FakeRunner.done("image"));
        shop.done("another image"); // is written after it

        // then
        assertThat(shop.see(job).state()).isEqualTo(new Cancelled(Jobs.NOON, Jobs.NOON));
        assertThat(shop.files(job)).doesNotExist();
    }

    @Test
    void removesAResultOnDemand() throws Exception {
        // given
        var job = shop.done("image");

        // when
        var deleted = shop.jobs.delete(job);

        // then
        assertThat(shop.jobs.result(deleted))
                .isEqualTo(new JobService.Result.Gone(Removal.DELETED));
        assertThat(shop.files(job)).doesNotExist();
        assertThat(shop.jobs.delete(deleted)).isEqualTo(deleted);
    }

    @Test
    void putsOffWhatWaitsAndFinishesWhatRuns() throws Exception {
        // given
        var running = shop.accepted("1");
        var queued = shop.accepted("2");
        var order = shop.runner.begin();
        shop.until(running, job -> job.state() instanceof Running);

        // when
        shop.jobs.suspend();

        // then
        assertThat(shop.runner.waiting()).containsExactly(order);
        assertThat(shop.jobs.await(queued, Job::ended, Duration.ofSeconds(20))).isEmpty();
        shop.runner.end(order, FakeRunner.done("image"));
        shop.until(running, Job::hasResult);
        shop.restart();
        assertThat(shop.runner.waiting()).hasSize(1);
        assertThat(shop.see(queued).attempts()).isZero();
    }

    @Test
    void tellsOfProgress() throws Exception {
        // given
        var job = shop.accepted("target");
        var order = shop.runner.begin();
        var running = shop.until(job, seen -> seen.state() instanceof Running);

        // when
        var told =
                CompletableFuture.supplyAsync(
                        () -> await(running, seen -> seen.event() > running.event()));
        order.observer().progressed(Stage.DETECT);

        // then
        assertThat(told.join().state())
                .isEqualTo(new Running(Jobs.NOON, JobProgress.none().passed(Stage.DETECT)));
    }

    @Test
    void handsOutAVideoAsItsEngineLeftIt() {
        // given
        var job = shop.acceptedVideo("target");
        var order = shop.runner.begin();

        // when
        shop.runner.end(order, FakeRunner.film(order, "video"));

        // then
        var done = shop.until(job, Job::ended);
        var result = ((JobService.Result.Ready) shop.jobs.result(done));
        assertThat(result.file()).hasContent("video");
        assertThat(result.result().mediaType()).isEqualTo("video/mp4");
        assertThat(result.result().bytes()).isEqualTo(5);
        // then: echo -n video | sha256sum
        assertThat(result.result().sha256())
                .isEqualTo("0cab1c9617404faf2b24e221e189ca5945813e14d3f766345b09ca13bbe28ffc");
        assertThat(shop.files(job).resolve("target")).doesNotExist();
    }

    @Test
    void tellsOfAVideosFrames() {
        // given
        var job = shop.acceptedVideo("target");
        var order = shop.runner.begin();
        shop.until(job, seen -> seen.state() instanceof Running);

        // when
        order.observer().filmed(new VideoProgress(10, 40, 25));

        // then
        assertThat(shop.see(job).state())
                .isEqualTo(
                        new Running(
                                Jobs.NOON,
                                new JobProgress(null, 0.25, new VideoProgress(10, 40, 25))));
    }

    @Test
    void failsAVideoWhoseResultOutgrowsTheDisk() {
        // given: 10 bytes of 1,000
        var job = shop.acceptedVideo("target");
        var order = shop.runner.begin();
        shop.until(job, seen -> seen.state() instanceof Running);

        // when
        FakeRunner.begun(order, "x".repeat(991));

        // then
        assertThat(shop.until(job, Job::ended).state())
                .isEqualTo(new Failed(Jobs.NOON, Jobs.NOON, new JobFailure.NoRoom(1000)));
        Awaitility.await().until(() -> shop.runner.waiting().isEmpty());
        Awaitility.await().until(() -> Files.notExists(shop.files(job)));
    }

    @Test
    void runsAVideoAgainWithoutWhatWasBegun(@TempDir Path next) throws Exception {
        // given
        var job = shop.acceptedVideo("target");
        FakeRunner.begun(shop.runner.begin(), "half a vid");
        shop.until(job, seen -> seen.state() instanceof Running);

        // when
        try (var later = shop.killed(next)) {

            // then
            var order = later.runner.begin();
            assertThat(later.until(job, seen -> seen.state() instanceof Running).attempts())
                    .isEqualTo(2);
            assertThat(later.files(job))
                    .isDirectoryContaining("glob:**/source")
                    .isDirectoryContaining("glob:**/target")
                    .isDirectoryNotContaining("glob:**.part");
            later.runner.end(order, FakeRunner.film(order, "video"));
            assertThat(later.until(job, Job::ended).hasResult()).isTrue();
        }
    }

    @Test
    void knowsAVideoThatWasWholeBeforeTheKill(@TempDir Path next) throws Exception {
        // given
        var job = shop.acceptedVideo("target");
        var order = shop.runner.begin();
        shop.until(job, seen -> seen.state() instanceof Running);
        FakeRunner.film(order, "video");

        // when
        try (var later = shop.killed(next)) {

            // then
            assertThat(later.runner.waiting()).isEmpty();
            var state = (JobState.Succeeded) later.see(job).state();
            assertThat(state.result().mediaType()).isEqualTo("video/mp4");
        }
    }

    @Test
    void removesWhatAnEngineWroteAfterItsJobWasCancelled() throws Exception {
        // given
        var job = shop.acceptedVideo("target");
        var order = shop.runner.begin();
        shop.until(job, seen -> seen.state() instanceof Running);
        var late = shop.files(job).resolve("result");

        // when
        shop.jobs.delete(job);
        Files.createDirectories(late.getParent());
        Files.writeString(late, "video");
        order.observer().left();

        // then
        Awaitility.await().until(() -> Files.notExists(late.getParent()));
    }

    @Test
    void refusesADirectoryInUse() {
        // then
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> new Workshop(directory, 1000))
                .withMessageContaining("in use by another process");
    }

    @Test
    void countsHowJobsEnd() {
        // when
        shop.done("image");

        // then
        assertThat(
                        shop.metrics
                                .get("fusion.jobs.ended")
                                .tag("outcome", "succeeded")
                                .counter()
                                .count())
                .isEqualTo(1);
        assertThat(shop.metrics.get("fusion.jobs").tag("state", "succeeded").gauge().value())
                .isEqualTo(1);
    }

    private Job await(Job job, Predicate<Job> wished) {
        try {
            return shop.jobs.await(job, wished, Duration.ofSeconds(20)).orElseThrow();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SwapRequest picture(Order order) {
        return ((Assignment.OfPicture) order.assignment()).request();
    }
}

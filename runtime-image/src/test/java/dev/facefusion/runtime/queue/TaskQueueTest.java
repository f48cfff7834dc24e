package dev.facefusion.runtime.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.facefusion.runtime.engine.SwapDemand;
import dev.facefusion.runtime.engine.SwapOptions;
import dev.facefusion.runtime.engine.SwapOutcome;
import dev.facefusion.runtime.engine.SwapRequest;
import dev.facefusion.runtime.engine.media.OutputFormat;
import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.health.RuntimeLife;
import dev.facefusion.runtime.health.TaskLedger;
import dev.facefusion.runtime.metrics.RuntimeMetrics;
import dev.facefusion.runtime.queue.Admission.Accepted;
import dev.facefusion.runtime.queue.Admission.QueueFull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The queue with the test as its worker.
@Timeout(30)
class TaskQueueTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final SwapRequest REQUEST =
            new SwapRequest(Path.of("source"), Path.of("target"), SwapOptions.defaults());
    private static final SwapRequest HUGE =
            new SwapRequest(Path.of("source"), Path.of("huge"), SwapOptions.defaults());
    private static final SwapOutcome.Swapped SWAPPED =
            new SwapOutcome.Swapped(new byte[0], OutputFormat.PNG, 1, 1, 1, Duration.ofSeconds(2));
    private static final TaskResult DONE = new TaskResult.Done(SWAPPED);

    private final RuntimeLife life = new RuntimeLife();
    private final TaskLedger ledger = new TaskLedger(12, 1, System::nanoTime);
    private final RuntimeMetrics metrics = new RuntimeMetrics(ledger::figures);
    private final TaskQueue queue =
            new TaskQueue(
                    new TaskQueue.Limits(4, 8, 1),
                    new Affordability(
                            1_000_000,
                            1,
                            OptionalLong::empty,
                            request -> new SwapDemand(request.equals(HUGE) ? 1_000_001 : 0, 0)),
                    life,
                    ledger,
                    metrics,
                    PATIENCE);

    @AfterEach
    void close() {
        queue.close();
        metrics.close();
    }

    @Test
    void takesNothingBeforeTheModelsAreLoaded() {
        // when
        var admission = queue.submit(order("a", Lane.INTERACTIVE));

        // then
        assertThat(admission).isEqualTo(new Admission.NotReady());
    }

    @Test
    void refusesWhatCannotBeAfforded() {
        // given
        life.ready();

        // when
        var admission =
                queue.submit(
                        new Order(
                                "request",
                                "a",
                                Lane.BATCH,
                                new Assignment.OfPicture(HUGE),
                                PATIENCE,
                                TaskObserver.NONE));

        // then
        assertThat(admission).isInstanceOf(Admission.TooCostly.class);
        assertThat(queue.refusal(Lane.BATCH)).isEmpty();
    }

    @Test
    void givesEachLaneItsOwnCapacity() throws Exception {
        // given
        life.ready();
        accepted(order("a", Lane.INTERACTIVE));
        take();
        for (var i = 0; i < 4; i++) {
            accepted(order("a", Lane.INTERACTIVE));
        }

        // when
        var fifth = queue.submit(order("a", Lane.INTERACTIVE));

        // then
        assertThat(fifth)
                .asInstanceOf(type(QueueFull.class))
                .extracting(QueueFull::capacity)
                .isEqualTo(4);
        assertThat(queue.refusal(Lane.INTERACTIVE)).isPresent();
        assertThat(queue.refusal(Lane.BATCH)).isEmpty();
        accepted(order("a", Lane.BATCH));
    }

    @Test
    void keepsHalfOfALaneFromAClientWhileOthersWait() throws Exception {
        // given
        life.ready();
        accepted(order("a", Lane.INTERACTIVE));
        take();
        accepted(order("quiet", Lane.INTERACTIVE));
        accepted(order("greedy", Lane.INTERACTIVE));
        accepted(order("greedy", Lane.INTERACTIVE));

        // when
        var third = queue.submit(order("greedy", Lane.INTERACTIVE));

        // then
        assertThat(third).isInstanceOf(QueueFull.class);
        accepted(order("another", Lane.INTERACTIVE));
    }

    @Test
    void tellsAFullQueuesClientsWhenToComeBack() throws Exception {
        // given
        life.ready();
        accepted(order("a", Lane.INTERACTIVE));
        queue.end(take(), DONE);
        accepted(order("a", Lane.INTERACTIVE));
        take();
        for (var i = 0; i < 4; i++) {
            accepted(order("a", Lane.INTERACTIVE));
        }

        // when
        var refused = queue.submit(order("a", Lane.INTERACTIVE));

        // then
        assertThat(refused)
                .asInstanceOf(type(QueueFull.class))
                .satisfies(full ->
                        // a histogram's value is right to three digits
                        assertThat(full.retryAfter())
                                .isBetween(Duration.ofMillis(8_000), Duration.ofMillis(9_010)));
    }

    @Test
    void answersAtOnceWhenPatienceIsOverInTheQueue() throws Exception {
        // given
        life.ready();
        accepted(order("a", Lane.INTERACTIVE));
        var running = take();
        var observer = new Recorder();
        var start = System.nanoTime();
        var task = accepted(order("a", Lane.INTERACTIVE, Duration.ofMillis(100), observer));

        // when
        var result = queue.await(task);

        // then
        assertThat(result).isEqualTo(new TaskResult.Expired());
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(100), Duration.ofSeconds(20));
        assertThat(queue.position(task)).isEmpty();
        await().until(() -> observer.heard.contains("ended Expired[]"));
        assertThat(ledger.figures().queued()).isZero();
        queue.end(running, DONE);
    }

    @Test
    void stopsARunningTaskWhenPatienceIsOver() throws Exception {
        // given
        life.ready();
        var task = accepted(order("a", Lane.INTERACTIVE, Duration.ofSeconds(1), TaskObserver.NONE));
        take();

        // when
        var result = queue.await(task);

        // then
        assertThat(result).isEqualTo(new TaskResult.Expired());
        await().until(() -> task.cancellation().cancelled());
        assertThat(ledger.figures().running()).isEqualTo(1); // until its worker is done with it
        queue.end(task, DONE);
        assertThat(ledger.figures().running()).isZero();
        assertThat(queue.await(task)).isEqualTo(new TaskResult.Expired());
    }

    @Test
    void blamesTheRuntimeOnlyForDeadlinesThatItSetItself() throws Exception {
        // given
        life.ready();

        // when
        var hopeless =
                accepted(order("a", Lane.INTERACTIVE, Duration.ofMillis(1), TaskObserver.NONE));
        queue.await(hopeless);

        // then
        await().until(() -> ledger.figures().queued() == 0);
        assertThat(ledger.figures().failed()).isZero();
    }

    @Test
    void cancelsAWaitingTaskAtOnce() throws Exception {
        // given
        life.ready();
        accepted(order("a", Lane.BATCH));
        take();
        var observer = new Recorder();
        var task = accepted(order("a", Lane.BATCH, PATIENCE, observer));
        assertThat(queue.position(task)).hasValue(0);

        // when
        queue.cancel(task);

        // then
        assertThat(queue.await(task)).isEqualTo(new TaskResult.Cancelled());
        assertThat(queue.position(task)).isEmpty();
        assertThat(observer.heard).containsExactly("ended Cancelled[]");
        assertThat(ledger.figures().failed()).isZero();
    }

    @Test
    void hasNothingToCancelInATaskThatIsDone() throws Exception {
        // given
        life.ready();
        var task = accepted(order("a", Lane.BATCH));
        queue.end(take(), DONE);

        // when
        queue.cancel(task);

        // then
        assertThat(queue.await(task)).isEqualTo(DONE);
        assertThat(task.cancellation().cancelled()).isFalse();
    }

    @Test
    void takesBackTheTasksOfAnEarlierLifeWhateverItsStateAndCapacity() {
        // when
        var tasks = new ArrayList<Task>();
        for (var i = 0; i < 20; i++) {
            tasks.add(queue.resubmit(order("a", Lane.BATCH)));
        }

        // then
        assertThat(queue.position(tasks.getLast())).hasValue(19);
    }

    @Test
    void abandonsWhatWaitsAndStopsWhatRuns() throws Exception {
        // given
        life.ready();
        var running = accepted(order("a", Lane.INTERACTIVE));
        take();
        var waiting = accepted(order("a", Lane.BATCH));

        // when
        queue.abandon();

        // then
        assertThat(queue.await(waiting)).isEqualTo(new TaskResult.Abandoned());
        assertThat(queue.await(running)).isEqualTo(new TaskResult.Abandoned());
        assertThat(running.cancellation().cancelled()).isTrue();
        assertThat(queue.await(queue.resubmit(order("a", Lane.BATCH))))
                .isEqualTo(new TaskResult.Abandoned());
    }

    @Test
    void closesOnlyWhenItIsEmpty() throws Exception {
        // given
        life.ready();
        var task = accepted(order("a", Lane.INTERACTIVE));

        // when
        var early = queue.closeWhenEmpty(Duration.ofMillis(50));

        // then
        assertThat(early).isFalse();
        queue.end(take(), DONE);
        assertThat(queue.closeWhenEmpty(Duration.ofSeconds(5))).isTrue();
        assertThat(queue.submit(order("a", Lane.INTERACTIVE))).isInstanceOf(QueueFull.class);
        assertThat(queue.await(task)).isEqualTo(DONE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void settlesEveryTaskOnceHoweverItEnds(long seed) throws Exception {
        // given
        life.ready();
        var ends = new AtomicInteger();
        var counting =
                new TaskObserver() {
                    @Override
                    public void started() {}

                    @Override
                    public void progressed(Stage stage) {}

                    @Override
                    public void ended(TaskResult result) {
                        ends.incrementAndGet();
                    }
                };
        var accepted = new ConcurrentLinkedQueue<Task>();
        var done = new CountDownLatch(4);

        // when
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var worker = threads.submit(this::workOff);
            for (var c = 0; c < 4; c++) {
                var client = "client-" + c;
                var random = new Random(seed * 31 + c);
                threads.execute(() -> {
                    for (var i = 0; i < 500; i++) {
                        var lane = random.nextBoolean() ? Lane.BATCH : Lane.INTERACTIVE;
                        var patience = Duration.ofNanos(1 + random.nextInt(5_000_000));
                        if (queue.submit(order(client, lane, patience, counting))
                                instanceof Accepted(var task)) {
                            accepted.add(task);
                            if (random.nextInt(4) == 0) {
                                queue.cancel(task);
                            }
                        }
                    }
                    done.countDown();
                });
            }
            assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
            await().until(() -> ends.get() >= accepted.size());
            await().until(() -> ledger.figures().queued() + ledger.figures().running() == 0);
            worker.cancel(true);
        }

        // then
        for (var task : accepted) {
            assertThat(queue.await(task)).isNotNull();
        }
        assertThat(ends).hasValue(accepted.size());
    }

    private void workOff() {
        try {
            while (true) {
                queue.end(take(), DONE);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Task take() throws InterruptedException {
        return (Task) queue.take(() -> false).orElseThrow();
    }

    private Task accepted(Order order) {
        return ((Accepted) queue.submit(order)).task();
    }

    private static Order order(String client, Lane lane) {
        return order(client, lane, PATIENCE, TaskObserver.NONE);
    }

    private static Order order(String client, Lane lane, Duration patience, TaskObserver observer) {
        return new Order(
                "request", client, lane, new Assignment.OfPicture(REQUEST), patience, observer);
    }

    private static final class Recorder implements TaskObserver {

        private final List<String> heard = new CopyOnWriteArrayList<>();

        @Override
        public void started() {
            heard.add("started");
        }

        @Override
        public void progressed(Stage stage) {
            heard.add("progressed " + stage);
        }

        @Override
        public void ended(TaskResult result) {
            heard.add("ended " + result);
        }

        @Override
        public void left() {
            heard.add("left");
        }
    }
}

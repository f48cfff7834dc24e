package dev.facefusion.runtime.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.facefusion.runtime.drift.DriftSettings;
import dev.facefusion.runtime.drift.SelfTestResult;
import dev.facefusion.runtime.drift.SelfTestResult.Fault;
import dev.facefusion.runtime.engine.SwapDemand;
import dev.facefusion.runtime.engine.SwapOptions;
import dev.facefusion.runtime.engine.SwapRequest;
import dev.facefusion.runtime.health.DeepReport;
import dev.facefusion.runtime.health.DeepReport.Skipped;
import dev.facefusion.runtime.health.RuntimeLife;
import dev.facefusion.runtime.health.TaskLedger;
import dev.facefusion.runtime.metrics.RuntimeMetrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The golden sample on demand, with the test as the worker and as the clock.
@Timeout(30)
class SelfTestOnDemandTest {

    private static final Duration PERIOD = Duration.ofSeconds(60);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration AT_ONCE = Duration.ofMillis(1);
    private static final SelfTestResult PASSED = SelfTestResult.passed(OptionalDouble.of(51));
    private static final SelfTestResult BLACK = SelfTestResult.failed(Fault.BLACK_OUTPUT);

    private final AtomicLong now = new AtomicLong();
    private final RuntimeLife life = new RuntimeLife();
    private final TaskLedger ledger = new TaskLedger(12, 1, System::nanoTime);
    private final RuntimeMetrics metrics = new RuntimeMetrics(ledger::figures);
    private final TaskQueue queue =
            new TaskQueue(
                    new TaskQueue.Limits(4, 8, 1),
                    new Affordability(1, 1, OptionalLong::empty, _ -> new SwapDemand(0, 0)),
                    life,
                    ledger,
                    metrics,
                    LONG);
    private final List<SelfTestResult> witnessed = new ArrayList<>();

    @AfterEach
    void close() {
        queue.close();
        metrics.close();
    }

    @Test
    void answersWithTheLastResultUntilThePeriodIsOver() throws Exception {
        // given
        life.ready();
        var test = onDemand(LONG, LONG);

        // when
        var first = asked(test);
        examined(BLACK);

        // then
        assertThat(first.get()).isEqualTo(DeepReport.of(BLACK, Duration.ZERO));
        advance(PERIOD.minusSeconds(1));
        assertThat(test.ask()).isEqualTo(DeepReport.of(BLACK, PERIOD.minusSeconds(1)));

        // when
        advance(Duration.ofSeconds(1));
        var second = asked(test);
        examined(PASSED);

        // then
        assertThat(second.get()).isEqualTo(DeepReport.of(PASSED, Duration.ZERO));
        assertThat(witnessed).containsExactly(BLACK, PASSED);
    }

    @Test
    void countsAsATaskThatRunsAndAsNoneThatEnded() throws Exception {
        // given
        life.ready();
        var answer = asked(onDemand(LONG, LONG));

        // when
        var examination = (Examination) queue.take(() -> false).orElseThrow();

        // then
        assertThat(ledger.figures().running()).isEqualTo(1);
        assertThat(ledger.figures().sinceProgress()).isNotNull();

        // when
        examination.settle(BLACK);
        queue.end(examination);

        // then
        assertThat(answer.get().result()).isEqualTo(DeepReport.Result.FAILED);
        assertThat(ledger.figures().running()).isZero();
        assertThat(ledger.figures().completed()).isZero();
        assertThat(ledger.figures().failed()).isZero();
        assertThat(ledger.figures().recent().ended()).isZero();
        assertThat(ledger.figures().latency()).isNull();
    }

    @Test
    void skipsWhileATaskWaitsOrRuns() throws Exception {
        // given
        life.ready();
        var test = onDemand(LONG, LONG);

        // when
        submit();

        // then
        assertThat(test.ask()).isEqualTo(DeepReport.skipped(Skipped.BUSY));

        // when
        var task = (Task) queue.take(() -> false).orElseThrow();

        // then
        assertThat(test.ask()).isEqualTo(DeepReport.skipped(Skipped.BUSY));
        queue.end(task, new TaskResult.Failed());
        var answer = asked(test);
        examined(PASSED);
        assertThat(answer.get().result()).isEqualTo(DeepReport.Result.PASSED);
    }

    @Test
    void givesWayToATask() throws Exception {
        // given
        life.ready();
        var test = onDemand(LONG, LONG);
        var answer = asked(test);
        var examination = (Examination) queue.take(() -> false).orElseThrow();

        // when
        submit();

        // then
        assertThat(examination.cancellation().cancelled()).isTrue();
        assertThat(answer.get()).isEqualTo(DeepReport.skipped(Skipped.BUSY));
        examination.settle(PASSED); // too late
        queue.end(examination);
        assertThat(witnessed).isEmpty();
        assertThat(queue.take(() -> false).orElseThrow()).isInstanceOf(Task.class);
    }

    @Test
    void givesWayToTheEnd() throws Exception {
        // given
        life.ready();
        var answer = asked(onDemand(LONG, LONG));
        var examination = (Examination) queue.take(() -> false).orElseThrow();

        // when
        assertThat(queue.closeWhenEmpty(Duration.ZERO)).isTrue();

        // then
        assertThat(examination.cancellation().cancelled()).isTrue();
        assertThat(answer.get()).isEqualTo(DeepReport.skipped(Skipped.BUSY));
    }

    @Test
    void failsAnEngineThatIsNotDoneInTimeForAsLongAsItHangs() throws Exception {
        // given
        life.ready();
        var test = onDemand(Duration.ofSeconds(1), LONG);

        // when
        var answer = asked(test);
        var examination = (Examination) queue.take(() -> false).orElseThrow();
        examination.begin(witnessed::add);

        // then
        var late = SelfTestResult.failed(Fault.TIMED_OUT);
        assertThat(answer.get()).isEqualTo(DeepReport.of(late, Duration.ZERO));
        assertThat(witnessed).containsExactly(late);
        await().until(() -> examination.cancellation().cancelled());
        advance(PERIOD.multipliedBy(2));
        assertThat(test.ask()).isEqualTo(DeepReport.of(late, PERIOD.multipliedBy(2)));

        // when
        queue.end(examination);
        var next = asked(test);
        examined(PASSED);

        // then
        assertThat(next.get().result()).isEqualTo(DeepReport.Result.PASSED);
    }

    @Test
    void leavesAResultThatTakesLongToALaterQuestion() throws Exception {
        // given
        life.ready();
        var test = onDemand(LONG, AT_ONCE);

        // when
        var early = test.ask();
        examined(PASSED);
        var late = test.ask();

        // then
        assertThat(early).isEqualTo(DeepReport.skipped(Skipped.RUNNING));
        assertThat(late).isEqualTo(DeepReport.of(PASSED, Duration.ZERO));
    }

    @Test
    void skipsWhereItMayNotRun() throws Exception {
        // given
        var off = new SelfTestOnDemand(settings(false), life, queue, now::get, LONG, LONG);

        // then
        assertThat(onDemand(LONG, LONG).ask()).isEqualTo(DeepReport.skipped(Skipped.UNREADY));
        life.ready();
        assertThat(off.ask()).isEqualTo(DeepReport.skipped(Skipped.OFF));
        life.draining();
        assertThat(onDemand(LONG, LONG).ask()).isEqualTo(DeepReport.skipped(Skipped.UNREADY));
    }

    private SelfTestOnDemand onDemand(Duration deadline, Duration patience) {
        return new SelfTestOnDemand(settings(true), life, queue, now::get, deadline, patience);
    }

    private static DriftSettings settings(boolean selfTest) {
        return new DriftSettings(selfTest, PERIOD, 0, LONG, Optional.empty());
    }

    private void advance(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static Future<DeepReport> asked(SelfTestOnDemand test) {
        var answer = new FutureTask<>(test::ask);
        Thread.ofVirtual().start(answer);
        return answer;
    }

    /// As the worker does it.
    private void examined(SelfTestResult result) throws InterruptedException {
        var examination = (Examination) queue.take(() -> false).orElseThrow();
        assertThat(examination.begin(witnessed::add)).isTrue();
        examination.settle(result);
        queue.end(examination);
    }

    private void submit() {
        var request = new SwapRequest(Path.of("source"), Path.of("target"), SwapOptions.defaults());
        assertThat(
                        queue.submit(
                                new Order(
                                        "request",
                                        "a",
                                        Lane.INTERACTIVE,
                                        new Assignment.OfPicture(request),
                                        LONG,
                                        TaskObserver.NONE)))
                .isInstanceOf(Admission.Accepted.class);
    }
}

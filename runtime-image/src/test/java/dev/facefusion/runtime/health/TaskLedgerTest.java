package dev.facefusion.runtime.health;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.runtime.health.TaskFigures.Latency;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TaskLedgerTest {

    // Near the overflow: System.nanoTime may start anywhere.
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final TaskLedger ledger = new TaskLedger(32, 2, nanos::get);

    @Test
    void knowsNothingBeforeTheFirstTask() {
        // when
        var figures = ledger.figures();

        // then
        assertThat(figures.oldest()).isNull();
        assertThat(figures.sinceProgress()).isNull();
        assertThat(figures.lastInference()).isNull();
        assertThat(figures.latency()).isNull();
    }

    @Test
    void countsQueuedAndRunningTasks() {
        // given
        ledger.accept().started();
        pass(Duration.ofSeconds(3));
        ledger.accept();

        // when
        var figures = ledger.figures();

        // then
        assertThat(figures.running()).isEqualTo(1);
        assertThat(figures.queued()).isEqualTo(1);
        assertThat(figures.oldest()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void takesTheStartOfATaskForProgress() {
        // given
        finish(Duration.ofMillis(10));
        pass(Duration.ofHours(1));

        // when
        ledger.accept().started();

        // then
        assertThat(ledger.figures().sinceProgress()).isEqualTo(Duration.ZERO);
    }

    @Test
    void saysThatAllHangOnlyWhenNoneMoves() {
        // given
        var limit = Duration.ofMinutes(2);
        assertThat(ledger.allHang(limit)).isFalse();
        ledger.accept().started();
        var second = ledger.accept();
        second.started();

        // when
        pass(limit);
        second.progressed();
        pass(Duration.ofSeconds(1));

        // then
        assertThat(ledger.allHang(limit)).isFalse();

        // when
        pass(limit);

        // then
        assertThat(ledger.allHang(limit)).isTrue();
    }

    @Test
    void doesNotLetOneWorkerHideThatAnotherHangs() {
        // given
        ledger.accept().started();
        var lively = ledger.accept();
        lively.started();
        pass(Duration.ofSeconds(200));

        // when
        lively.progressed();

        // then
        assertThat(ledger.figures().sinceProgress()).isEqualTo(Duration.ofSeconds(200));
    }

    @Test
    void countsATaskOnce() {
        // given
        var ticket = ledger.accept();
        ticket.started();

        // when
        ticket.completed(null);
        ticket.failed();

        // then
        assertThat(ledger.figures().completed()).isEqualTo(1);
        assertThat(ledger.figures().failed()).isZero();
        assertThat(ledger.figures().running()).isZero();
    }

    @Test
    void takesPercentilesOverTheLastFiveMinutes() {
        // given
        finish(Duration.ofMinutes(1));
        pass(Duration.ofMinutes(6));
        for (var millis = 1; millis <= 200; millis++) {
            finish(Duration.ofMillis(millis));
        }

        // when
        var latency = requireNonNull(ledger.figures().latency());

        // then
        assertThat(latency.p50()).isBetween(Duration.ofMillis(100), tenthOfAPercentOver(100));
        assertThat(latency.p95()).isBetween(Duration.ofMillis(190), tenthOfAPercentOver(190));
        assertThat(latency.p99()).isBetween(Duration.ofMillis(198), tenthOfAPercentOver(198));
        assertThat(latency.count()).isEqualTo(200);
        assertThat(latency.window()).isEqualTo(Duration.ofMinutes(5));
        assertThat(ledger.figures().lastInference()).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void saysWhenMostRecentTasksFailed() {
        // given
        for (var i = 0; i < 4; i++) {
            ledger.accept().failed();
        }
        assertThat(ledger.figures().recent().mostlyFailed()).isFalse();

        // when
        ledger.accept().failed();

        // then
        assertThat(ledger.figures().recent().mostlyFailed()).isTrue();
        pass(Duration.ofMinutes(6));
        assertThat(ledger.figures().recent().mostlyFailed()).isFalse();
    }

    @Test
    void keepsASwapForFourAndAHalfToFiveMinutes() {
        // given
        finish(Duration.ofMillis(10));
        pass(Duration.ofSeconds(29));
        finish(Duration.ofMillis(20));

        // when
        pass(Duration.ofSeconds(270));

        // then
        assertThat(ledger.figures().latency()).extracting(Latency::count).isEqualTo(2);
        pass(Duration.ofSeconds(1));
        assertThat(ledger.figures().latency()).isNull();
        assertThat(ledger.figures().recent().ended()).isZero();
    }

    @Test
    void takesPercentilesOfTimesBeyondItsRange() {
        // given
        finish(Duration.ofNanos(1));

        // when
        finish(Duration.ofDays(1));

        // then
        assertThat(ledger.figures().latency())
                .satisfies(latency ->
                        assertThat(latency.p99())
                                .isBetween(Duration.ofHours(1), Duration.ofMinutes(61)));
    }

    @Test
    void tellsTheAgesOfWhatWaitsAndOfWhatRuns() {
        // given
        ledger.accept().started();
        pass(Duration.ofSeconds(3));
        ledger.accept();
        pass(Duration.ofSeconds(2));
        ledger.accept();

        // when
        var figures = ledger.figures();

        // then
        assertThat(figures.oldestRunning()).isEqualTo(Duration.ofSeconds(5));
        assertThat(figures.oldestQueued()).isEqualTo(Duration.ofSeconds(2));
        assertThat(figures.oldest()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void estimatesTheWaitAtTheMedianPaceOfAllWorkers() {
        // given
        finish(Duration.ofSeconds(1));
        for (var i = 0; i < 6; i++) {
            ledger.accept();
        }

        // when
        var wait = ledger.figures().estimatedWait();

        // then
        assertThat(wait).isBetween(Duration.ofSeconds(3), Duration.ofMillis(3003));
        assertThat(ledger.timeFor(2))
                .hasValueSatisfying(time ->
                        assertThat(time).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1001)));
    }

    @Test
    void countsAWithdrawnTaskNeitherAsAnAnswerNorAsALoss() {
        // given
        var ticket = ledger.accept();
        ticket.started();

        // when
        ticket.withdrawn();
        ticket.failed();

        // then
        var figures = ledger.figures();
        assertThat(figures.completed()).isZero();
        assertThat(figures.failed()).isZero();
        assertThat(figures.running()).isZero();
        assertThat(figures.recent().ended()).isZero();
    }

    private static Duration tenthOfAPercentOver(long millis) {
        return Duration.ofNanos(millis * 1_001_000);
    }

    private void finish(Duration inference) {
        var ticket = ledger.accept();
        ticket.started();
        ticket.completed(inference);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}

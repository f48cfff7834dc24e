package dev.facefusion.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TaskLedgerTest {

    // Near the overflow: System.nanoTime may start anywhere.
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final TaskLedger ledger = new TaskLedger(32, nanos::get);

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
        var latency = ledger.figures().latency();

        // then
        assertThat(latency)
                .isEqualTo(
                        new TaskFigures.Latency(
                                Duration.ofMillis(100),
                                Duration.ofMillis(190),
                                Duration.ofMillis(198),
                                200,
                                Duration.ofMinutes(5)));
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

    private void finish(Duration inference) {
        var ticket = ledger.accept();
        ticket.started();
        ticket.completed(inference);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}

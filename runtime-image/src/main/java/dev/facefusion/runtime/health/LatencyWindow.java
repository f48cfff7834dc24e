package dev.facefusion.runtime.health;

import dev.facefusion.runtime.health.TaskFigures.Latency;
import dev.facefusion.runtime.health.TaskFigures.RecentTasks;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.HdrHistogram.IntCountsHistogram;
import org.jspecify.annotations.Nullable;

/// How tasks ended in the last five minutes. For one thread at a time.
///
/// The window is cut into ten slices of 30 s, each with a histogram of its own; a slice that is too
/// old goes as a whole, so that the window reaches back four and a half to five minutes. Times are
/// kept to three significant digits, from 1 µs to 1 hour: a percentile is at most 0.1 % above the
/// time that was measured, and a longer time counts as an hour. A histogram takes 90 KiB, and all
/// of them together 1 MiB, however many tasks end.
final class LatencyWindow {

    static final Duration LENGTH = Duration.ofMinutes(5);

    private static final int SLICES = 10;
    private static final long SLICE_NANOS = LENGTH.dividedBy(SLICES).toNanos();
    private static final long NANOS_PER_MICRO = 1000;
    private static final long MAX_MICROS = Duration.ofHours(1).toNanos() / NANOS_PER_MICRO;
    private static final int DIGITS = 3;

    private final Deque<Slice> slices = new ArrayDeque<>();
    private final IntCountsHistogram whole = new IntCountsHistogram(MAX_MICROS, DIGITS);
    private boolean stale;
    private @Nullable Latency latency;

    private static final class Slice {

        private final long startedAt;
        private final IntCountsHistogram times;
        private int ended;
        private int failed;

        private Slice(long startedAt, IntCountsHistogram times) {
            this.startedAt = startedAt;
            this.times = times;
        }
    }

    /// A task ended.
    ///
    /// @param now of a clock that only runs forward, in nanoseconds
    /// @param inference how long a swap took; `null` if there was none
    void record(long now, boolean failed, @Nullable Duration inference) {
        var slice = current(now);
        slice.ended++;
        if (failed) {
            slice.failed++;
        }
        if (inference != null) {
            slice.times.recordValue(
                    Math.clamp(inference.toNanos() / NANOS_PER_MICRO, 1, MAX_MICROS));
            stale = true;
        }
    }

    /// The swaps in the window; `null` if there were none. Costs nothing where nothing changed.
    @Nullable Latency latency(long now) {
        forget(now);
        if (stale) {
            whole.reset();
            slices.forEach(slice -> whole.add(slice.times));
            latency = whole.getTotalCount() == 0 ? null : summary();
            stale = false;
        }
        return latency;
    }

    RecentTasks recent(long now) {
        forget(now);
        return new RecentTasks(
                slices.stream().mapToInt(slice -> slice.ended).sum(),
                slices.stream().mapToInt(slice -> slice.failed).sum());
    }

    private Slice current(long now) {
        forget(now);
        var last = slices.peekLast();
        if (last == null || now - last.startedAt >= SLICE_NANOS) {
            last = new Slice(now, new IntCountsHistogram(MAX_MICROS, DIGITS));
            slices.addLast(last);
        }
        return last;
    }

    // A slice goes when its first task may be too old.
    private void forget(long now) {
        while (!slices.isEmpty() && now - slices.getFirst().startedAt >= LENGTH.toNanos()) {
            slices.removeFirst();
            stale = true;
        }
    }

    private Latency summary() {
        return new Latency(
                percentile(50),
                percentile(95),
                percentile(99),
                Math.toIntExact(whole.getTotalCount()),
                LENGTH);
    }

    private Duration percentile(double percent) {
        return Duration.ofNanos(whole.getValueAtPercentile(percent) * NANOS_PER_MICRO);
    }
}

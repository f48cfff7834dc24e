package dev.facefusion.runtime.host;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The share of the CPU limit's enforcement periods in which the container was stopped, over the
/// last ten seconds or so. Belongs to one thread.
final class Throttling {

    private static final long WINDOW = Duration.ofSeconds(10).toNanos();

    private final Deque<Reading> readings = new ArrayDeque<>();

    private record Reading(long at, long periods, long throttled) {}

    /// Takes a reading.
    ///
    /// @param now of a clock that only runs forward, in nanoseconds
    /// @param cpu as the kernel tells it now
    /// @return percent; 0 where no period began, as for an idle container; `null` without a limit
    ///   and at the first reading
    @Nullable Double percent(long now, Cgroup.Cpu cpu) {
        var periods = cpu.periods();
        var throttled = cpu.throttledPeriods();
        if (cpu.limit() == null || periods == null || throttled == null) {
            readings.clear();
            return null;
        }
        readings.addLast(new Reading(now, periods, throttled));
        // The last one that is older than the window is where the window begins.
        while (readings.size() > 2 && now - second().at() >= WINDOW) {
            readings.removeFirst();
        }
        if (readings.size() == 1) {
            return null;
        }
        var first = readings.getFirst();
        var passed = periods - first.periods();
        return passed <= 0 ? 0 : Percent.of((double) (throttled - first.throttled()) / passed);
    }

    private Reading second() {
        var all = readings.iterator();
        all.next();
        return all.next();
    }
}

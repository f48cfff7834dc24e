package dev.facefusion.runtime.health;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The tasks at one moment.
///
/// @param queued accepted and not yet running
/// @param running on a worker now
/// @param capacity how many may be queued
/// @param completed answered since the start, a refusal of the picture included
/// @param failed lost since the start, by a defect or by their deadline
/// @param oldestQueued since the oldest task that is queued was accepted; `null` without one
/// @param oldestRunning since the oldest task that runs was accepted; `null` without one
/// @param sinceProgress since a stage finished, of the running task that waits longest for it; with
///   none running, since the last stage of any task; `null` before the first
/// @param lastInference of the last finished swap; `null` before the first
/// @param latency of the swaps in the window; `null` if there were none
/// @param recent tasks that ended lately, for judging failures
/// @param estimatedWait of a task that came now and had its turn after all that are queued, at the
///   median pace; `null` without swaps in the window
public record TaskFigures(
        int queued,
        int running,
        int capacity,
        long completed,
        long failed,
        @Nullable Duration oldestQueued,
        @Nullable Duration oldestRunning,
        @Nullable Duration sinceProgress,
        @Nullable Duration lastInference,
        @Nullable Latency latency,
        RecentTasks recent,
        @Nullable Duration estimatedWait) {

    /// Age of the oldest task that is queued or running; `null` without one.
    public @Nullable Duration oldest() {
        if (oldestQueued == null || oldestRunning == null) {
            return oldestQueued == null ? oldestRunning : oldestQueued;
        }
        return oldestQueued.compareTo(oldestRunning) > 0 ? oldestQueued : oldestRunning;
    }

    /// How long swaps took.
    ///
    /// @param window over which the percentiles are taken
    public record Latency(Duration p50, Duration p95, Duration p99, int count, Duration window) {}

    /// The tasks that ended lately.
    ///
    /// @param ended how many tasks ended
    /// @param failed how many of them by a defect or by their deadline
    public record RecentTasks(int ended, int failed) {

        // Few tasks say nothing about the runtime: the fifth in a row does.
        private static final int ENOUGH = 5;

        /// True when at least five tasks ended and half of them or more failed.
        public boolean mostlyFailed() {
            return ended >= ENOUGH && failed * 2 >= ended;
        }
    }
}

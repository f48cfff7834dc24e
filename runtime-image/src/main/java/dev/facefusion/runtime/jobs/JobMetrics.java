package dev.facefusion.runtime.jobs;

import dev.facefusion.runtime.jobs.JobState.Cancelled;
import dev.facefusion.runtime.jobs.JobState.Failed;
import dev.facefusion.runtime.jobs.JobState.Queued;
import dev.facefusion.runtime.jobs.JobState.Running;
import dev.facefusion.runtime.jobs.JobState.Succeeded;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Counts jobs. Every series exists from the start, at zero.
final class JobMetrics {

    private static final List<String> STATES =
            List.of("queued", "running", "succeeded", "failed", "cancelled");
    private static final List<String> OUTCOMES =
            List.of(
                    "succeeded",
                    "cancelled",
                    "no_face",
                    "bad_media",
                    "bad_video",
                    "bad_option",
                    "defect",
                    "video_failed",
                    "timed_out",
                    "interrupted",
                    "no_room",
                    "disk_failed");

    private final MeterRegistry registry;
    private final Map<String, Counter> outcomes;
    private final Counter journalErrors;

    JobMetrics(MeterRegistry registry) {
        this.registry = registry;
        outcomes =
                OUTCOMES.stream()
                        .collect(
                                Collectors.toMap(
                                        Function.identity(),
                                        outcome ->
                                                Counter.builder("fusion.jobs.ended")
                                                        .description("Jobs that ended")
                                                        .tag("outcome", outcome)
                                                        .register(registry)));
        journalErrors =
                Counter.builder("fusion.job.journal.errors")
                        .description("Writes of the journal that failed and lines that are damaged")
                        .register(registry);
    }

    void watch(JobTable table) {
        for (var state : STATES) {
            Supplier<Number> jobs =
                    () -> table.jobs().stream().filter(job -> state(job).equals(state)).count();
            Gauge.builder("fusion.jobs", jobs)
                    .description("Jobs that are known now, until they are forgotten")
                    .tag("state", state)
                    .register(registry);
        }
        Gauge.builder("fusion.job.disk", table::usedBytes)
                .description("What inputs and results take")
                .baseUnit("bytes")
                .register(registry);
    }

    void ended(Job job) {
        var counter = outcomes.get(outcome(job));
        if (counter != null) {
            counter.increment();
        }
    }

    void journalErrors(int count) {
        journalErrors.increment(count);
    }

    private static String state(Job job) {
        return switch (job.state()) {
            case Queued _ -> "queued";
            case Running _ -> "running";
            case Succeeded _ -> "succeeded";
            case Failed _ -> "failed";
            case Cancelled _ -> "cancelled";
        };
    }

    private static String outcome(Job job) {
        return job.state() instanceof Failed failed
                ? switch (failed.failure()) {
                    case JobFailure.NoFace _ -> "no_face";
                    case JobFailure.BadMedia _ -> "bad_media";
                    case JobFailure.BadVideo _ -> "bad_video";
                    case JobFailure.VideoFailed _ -> "video_failed";
                    case JobFailure.BadOption _ -> "bad_option";
                    case JobFailure.Defect _ -> "defect";
                    case JobFailure.OutOfMemory _ -> "out_of_memory";
                    case JobFailure.TimedOut _ -> "timed_out";
                    case JobFailure.Interrupted _ -> "interrupted";
                    case JobFailure.NoRoom _ -> "no_room";
                    case JobFailure.DiskFailed _ -> "disk_failed";
                }
                : state(job);
    }
}

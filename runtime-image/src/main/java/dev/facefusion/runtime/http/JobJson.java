package dev.facefusion.runtime.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.engine.video.Alteration;
import dev.facefusion.runtime.engine.video.VideoProgress;
import dev.facefusion.runtime.jobs.Job;
import dev.facefusion.runtime.jobs.JobFailure;
import dev.facefusion.runtime.jobs.JobProgress;
import dev.facefusion.runtime.jobs.JobState;
import dev.facefusion.runtime.jobs.JobState.Cancelled;
import dev.facefusion.runtime.jobs.JobState.Ended;
import dev.facefusion.runtime.jobs.JobState.Failed;
import dev.facefusion.runtime.jobs.JobState.Queued;
import dev.facefusion.runtime.jobs.JobState.Running;
import dev.facefusion.runtime.jobs.JobState.Succeeded;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A job on the wire. What is not known is left out; times are RFC 3339 in UTC.
///
/// @param position tasks before it, 0 when it is the next
/// @param attempts how often the engine began it
@JsonInclude(JsonInclude.Include.NON_NULL)
record JobJson(
        String id,
        String state,
        String priority,
        @JsonProperty("created_at") String createdAt,
        @JsonProperty("started_at") @Nullable String startedAt,
        @JsonProperty("finished_at") @Nullable String finishedAt,
        @JsonProperty("expires_at") @Nullable String expiresAt,
        @Nullable Integer position,
        int attempts,
        Progress progress,
        @Nullable Result result,
        @Nullable Problem problem) {

    static final String PATH = "/v1/jobs/";

    /// @param stage the last one that is done
    /// @param fraction 0 to 1, an estimate
    /// @param framesDone of a video, and so are the others
    /// @param framesTotal as the file promises
    /// @param remainingSeconds at this speed
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Progress(
            @Nullable String stage,
            double fraction,
            @JsonProperty("frames_done") @Nullable Long framesDone,
            @JsonProperty("frames_total") @Nullable Long framesTotal,
            @JsonProperty("frames_per_second") @Nullable Double framesPerSecond,
            @JsonProperty("remaining_seconds") @Nullable Long remainingSeconds) {

        private static Progress of(@Nullable Stage stage, double fraction) {
            var name = stage == null ? null : stage.name().toLowerCase(Locale.ROOT);
            return new Progress(name, fraction, null, null, null, null);
        }

        private static Progress of(VideoProgress film) {
            return new Progress(
                    null,
                    film.fraction(),
                    film.frames(),
                    film.total(),
                    Math.round(film.framesPerSecond() * 10) / 10.0,
                    film.remaining().map(Duration::toSeconds).orElse(null));
        }
    }

    /// @param href where it is, relative to this server
    /// @param alterations labels of what a video lost; empty of a picture
    record Result(
            @JsonProperty("media_type") String mediaType,
            long bytes,
            String sha256,
            String href,
            List<String> alterations) {}

    static JobJson of(Job job, OptionalInt position) {
        var order = job.order();
        return new JobJson(
                job.id(),
                name(job.state()),
                order.lane().name().toLowerCase(Locale.ROOT),
                order.createdAt().toString(),
                text(startedAt(job.state())),
                job.state() instanceof Ended ended ? text(ended.finishedAt()) : null,
                job.state() instanceof Succeeded succeeded
                        ? text(succeeded.result().expiresAt())
                        : null,
                position.isPresent() ? position.getAsInt() : null,
                job.attempts(),
                progress(job.state()),
                result(job),
                job.state() instanceof Failed failed
                        ? Problem.of(refusal(failed.failure()), order.requestId())
                        : null);
    }

    static String name(JobState state) {
        return switch (state) {
            case Queued _ -> "queued";
            case Running _ -> "running";
            case Succeeded _ -> "succeeded";
            case Failed _ -> "failed";
            case Cancelled _ -> "cancelled";
        };
    }

    private static @Nullable Instant startedAt(JobState state) {
        return switch (state) {
            case Queued _ -> null;
            case Running(var startedAt, _) -> startedAt;
            case Ended ended -> ended.startedAt();
        };
    }

    private static Progress progress(JobState state) {
        return switch (state) {
            case Running(_, JobProgress(var stage, var fraction, var film)) ->
                    film == null ? Progress.of(stage, fraction) : Progress.of(film);
            case Succeeded _ -> Progress.of(null, 1);
            case Queued _, Failed _, Cancelled _ -> Progress.of(null, 0);
        };
    }

    private static @Nullable Result result(Job job) {
        return job.state() instanceof Succeeded(_, _, var result, _) && job.hasResult()
                ? new Result(
                        result.mediaType(),
                        result.bytes(),
                        result.sha256(),
                        PATH + job.id() + "/result",
                        result.alterations().stream().map(Alteration::label).toList())
                : null;
    }

    private static Refusal refusal(JobFailure failure) {
        return switch (failure) {
            case JobFailure.NoFace(var input) -> new Refusal.NoFace(input);
            case JobFailure.BadMedia(var input, var fault, var detail) ->
                    new Refusal.BadMedia(input, fault, detail);
            case JobFailure.BadVideo(var fault, var detail) -> new Refusal.BadVideo(fault, detail);
            case JobFailure.VideoFailed(var detail) -> new Refusal.VideoFailed(detail);
            case JobFailure.BadOption(var option, var expected) ->
                    new Refusal.OptionUnavailable(option, expected);
            case JobFailure.Defect() -> new Refusal.Defect();
            case JobFailure.OutOfMemory() -> Refusal.outOfMemory();
            case JobFailure.TimedOut(var limit) -> new Refusal.TimedOut(limit);
            case JobFailure.Interrupted(var attempts) -> new Refusal.Interrupted(attempts);
            case JobFailure.NoRoom(var budgetBytes) -> new Refusal.JobsFull(budgetBytes);
            case JobFailure.DiskFailed() -> new Refusal.JobDiskFailed();
        };
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}

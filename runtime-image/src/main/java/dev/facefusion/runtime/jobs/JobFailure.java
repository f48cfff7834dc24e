package dev.facefusion.runtime.jobs;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.facefusion.runtime.engine.Input;
import dev.facefusion.runtime.engine.media.MediaFault;
import dev.facefusion.runtime.engine.media.ffmpeg.VideoFault;
import java.time.Duration;

/// Why a job has no result. The names of the cases are part of the journal's format.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = JobFailure.NoFace.class, name = "no-face"),
    @JsonSubTypes.Type(value = JobFailure.BadMedia.class, name = "bad-media"),
    @JsonSubTypes.Type(value = JobFailure.BadVideo.class, name = "bad-video"),
    @JsonSubTypes.Type(value = JobFailure.VideoFailed.class, name = "video-failed"),
    @JsonSubTypes.Type(value = JobFailure.BadOption.class, name = "bad-option"),
    @JsonSubTypes.Type(value = JobFailure.Defect.class, name = "defect"),
    @JsonSubTypes.Type(value = JobFailure.OutOfMemory.class, name = "out-of-memory"),
    @JsonSubTypes.Type(value = JobFailure.TimedOut.class, name = "timed-out"),
    @JsonSubTypes.Type(value = JobFailure.Interrupted.class, name = "interrupted"),
    @JsonSubTypes.Type(value = JobFailure.NoRoom.class, name = "no-room"),
    @JsonSubTypes.Type(value = JobFailure.DiskFailed.class, name = "disk-failed")
})
public sealed interface JobFailure {

    record NoFace(Input input) implements JobFailure {}

    record BadMedia(Input input, MediaFault fault, String detail) implements JobFailure {}

    /// The target is a video that cannot be used.
    record BadVideo(VideoFault fault, String detail) implements JobFailure {}

    /// ffmpeg crashed or complained, or the video's own time was up.
    record VideoFailed(String detail) implements JobFailure {}

    /// The engine cannot do what an option asks for.
    record BadOption(String option, String expected) implements JobFailure {}

    /// The engine threw; the log has the cause.
    record Defect() implements JobFailure {}

    /// The heap was too small for it. It is not begun again: it would fill the next one's, too.
    record OutOfMemory() implements JobFailure {}

    /// It was not done in time.
    record TimedOut(Duration limit) implements JobFailure {}

    /// The process ended while the job ran, as often as a job may be begun.
    record Interrupted(int attempts) implements JobFailure {}

    /// The result does not fit into the disk budget.
    record NoRoom(long budgetBytes) implements JobFailure {}

    /// The files of the job could not be written or read; the log has the cause.
    record DiskFailed() implements JobFailure {}
}

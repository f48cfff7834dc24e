package dev.facefusion.runtime.engine.video;

import dev.facefusion.runtime.engine.media.ffmpeg.Child;
import dev.facefusion.runtime.engine.media.ffmpeg.VideoFault;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/// What a run's end means for whoever asked for it.
final class Verdict {

    /// Less of what the file holds, with complaints, is a broken file; containers count edited-out
    /// frames, and those are no complaint.
    private static final double WHOLE = 0.98;

    /// ENOSPC in the words of Linux' C libraries, without a locale, which ffmpeg has none of.
    private static final String DISK_FULL = "No space left on device";

    private Verdict() {}

    /// Empty if all went well.
    ///
    /// @throws CancellationException if the run was stopped from outside
    static Optional<VideoOutcome> on(
            VideoRun.Ended ended, VideoPlan.Made plan, VideoLimits limits) {
        return ended.trouble().isPresent()
                ? Optional.of(on(ended.trouble().get(), ended, limits))
                : incomplete(ended, plan);
    }

    static VideoOutcome on(Trouble trouble, VideoRun.Ended ended, VideoLimits limits) {
        return switch (trouble) {
            case Trouble.Decoding(var cause) -> decoding(ended, cause);
            case Trouble.Encoding(var cause) -> encoding(ended, cause);
            case Trouble.NotReady(var reason) -> new VideoOutcome.NotReady(reason);
            case Trouble.OutOfTime() ->
                    new VideoOutcome.Failed(
                            "The video took more than %d s, the most that it may."
                                    .formatted(limits.maxElapsed().toSeconds()));
            case Trouble.Stopped() -> throw new CancellationException("the task was stopped");
            case Trouble.Thrown(RuntimeException cause) -> throw cause;
            case Trouble.Thrown(Error cause) -> throw cause;
            case Trouble.Thrown(var cause) -> throw new IllegalStateException(cause);
        };
    }

    private static VideoOutcome encoding(VideoRun.Ended ended, IOException cause) {
        var full = ended.encoder().filter(end -> end.complaints().contains(DISK_FULL));
        return full.isPresent()
                ? new VideoOutcome.NotWritten(DISK_FULL)
                : new VideoOutcome.Failed(
                        "Encoding failed%s.".formatted(reason(ended.encoder(), cause)));
    }

    // A decoder that says no to the very first frame does not like the file.
    private static VideoOutcome decoding(VideoRun.Ended ended, IOException cause) {
        var reason = reason(ended.decoder(), cause);
        boolean crashed = ended.decoder().map(Child.End::killed).orElse(true);
        return ended.frames() == 0 && !crashed
                ? new VideoOutcome.Refused(
                        VideoFault.UNSUPPORTED, "The video cannot be decoded%s.".formatted(reason))
                : new VideoOutcome.Failed("Decoding failed%s.".formatted(reason));
    }

    private static String reason(Optional<Child.End> end, IOException otherwise) {
        return end.map(ended ->
                        " (ffmpeg ended with %d)%s"
                                .formatted(
                                        ended.status(),
                                        ended.complaints().isEmpty()
                                                ? ""
                                                : ": " + ended.complaints()))
                .orElse(": " + otherwise);
    }

    private static Optional<VideoOutcome> incomplete(VideoRun.Ended ended, VideoPlan.Made plan) {
        var complaints = ended.decoder().map(Child.End::complaints).orElse("");
        if (ended.frames() == 0) {
            return Optional.of(
                    new VideoOutcome.Refused(
                            VideoFault.NO_FRAMES,
                            "No frame of the video can be decoded%s."
                                    .formatted(complaints.isEmpty() ? "" : ": " + complaints)));
        }
        return ended.frames() < WHOLE * plan.total() && !complaints.isEmpty()
                ? Optional.of(
                        new VideoOutcome.Refused(
                                VideoFault.TRUNCATED,
                                "Only %d of about %d frames can be decoded: %s."
                                        .formatted(ended.frames(), plan.total(), complaints)))
                : Optional.empty();
    }
}

package dev.facefusion.runtime.queue;

import dev.facefusion.runtime.engine.Engine;
import dev.facefusion.runtime.engine.media.SourceFiles;
import dev.facefusion.runtime.engine.media.ffmpeg.Ffmpeg;
import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.engine.stage.StageListener;
import dev.facefusion.runtime.engine.video.Container;
import dev.facefusion.runtime.engine.video.EngineWorks;
import dev.facefusion.runtime.engine.video.VideoEngine;
import dev.facefusion.runtime.engine.video.VideoListener;
import dev.facefusion.runtime.engine.video.VideoOutcome;
import dev.facefusion.runtime.engine.video.VideoProgress;
import dev.facefusion.runtime.engine.video.VideoRequest;
import dev.facefusion.runtime.engine.video.VideoSource;
import dev.facefusion.runtime.metrics.RuntimeMetrics;
import dev.facefusion.runtime.provenance.Release;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Carries out tasks whose target is a video, with the engine of the worker that took them.
///
/// @param videos empty where there is no ffmpeg
record Filming(Optional<VideoEngine> videos, Release release, RuntimeMetrics metrics) {

    /// Makes the video, and returns when it is over: no process is left of it then.
    ///
    /// @throws java.util.concurrent.CancellationException if the task was cancelled before the
    ///   result got its name
    VideoOutcome film(Engine engine, Task task, Assignment.OfVideo video) {
        var outcome =
                videos.isPresent()
                        ? run(videos.get(), engine, task, video)
                        : new VideoOutcome.Failed(
                                "This server has no ffmpeg any more, which videos need.");
        if (!(outcome instanceof VideoOutcome.Finished)) {
            release.nothing(task.order().requestId(), label(outcome));
        }
        return withoutPath(outcome, video.request().target());
    }

    private VideoOutcome run(
            VideoEngine videos, Engine engine, Task task, Assignment.OfVideo video) {
        var id = task.order().requestId();
        var request =
                new VideoRequest(
                        new VideoSource.File(video.request().target()),
                        SourceFiles.of(video.request().sources()).sound(),
                        video.output(),
                        Container.MP4,
                        video.options(),
                        release.marker().metadata(id),
                        (file, _) -> release.video(file, true, id));
        var works =
                new EngineWorks(
                        List.of(engine), video.request().sources(), video.request().options());
        return videos.run(request, works, new Told(task, metrics), task.cancellation());
    }

    private static String label(VideoOutcome outcome) {
        return switch (outcome) {
            case VideoOutcome.Finished _ -> "swapped";
            case VideoOutcome.Refused _ -> "bad_media";
            case VideoOutcome.NotReady(var reason) -> Worker.label(reason);
            case VideoOutcome.NotWritten _, VideoOutcome.Failed _ -> "failed";
        };
    }

    // ffmpeg's words name the file, and where it lies is nobody's business.
    private static VideoOutcome withoutPath(VideoOutcome outcome, Path target) {
        return switch (outcome) {
            case VideoOutcome.Refused(var fault, var detail) ->
                    new VideoOutcome.Refused(fault, withoutPath(detail, target));
            case VideoOutcome.Failed(var detail) ->
                    new VideoOutcome.Failed(withoutPath(detail, target));
            case VideoOutcome.Finished _, VideoOutcome.NotReady _, VideoOutcome.NotWritten _ ->
                    outcome;
        };
    }

    private static String withoutPath(String detail, Path target) {
        return detail.replace(Ffmpeg.name(target), "target");
    }

    /// Passes a video's progress on. A frame that is through is progress, and so is a stage of the
    /// work on one; the time that a frame takes is no task's latency.
    private record Told(Task task, RuntimeMetrics metrics) implements VideoListener {

        @Override
        public void progressed(VideoProgress progress) {
            task.ticket().progressed();
            task.order().observer().filmed(progress);
        }

        @Override
        public StageListener stages() {
            return new StageListener() {
                @Override
                public void finished(Stage stage, Duration elapsed) {
                    task.ticket().progressed();
                    metrics.stage(stage, elapsed);
                }

                @Override
                public void moved() {
                    task.ticket().progressed();
                }
            };
        }
    }
}

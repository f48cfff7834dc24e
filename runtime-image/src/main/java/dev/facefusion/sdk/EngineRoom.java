package dev.facefusion.sdk;

import dev.facefusion.runtime.audit.AuditEvent;
import dev.facefusion.runtime.config.IoReason;
import dev.facefusion.runtime.engine.Input;
import dev.facefusion.runtime.engine.Pipeline;
import dev.facefusion.runtime.engine.SwapOptions;
import dev.facefusion.runtime.engine.SwapOutcome;
import dev.facefusion.runtime.engine.SwapRequest;
import dev.facefusion.runtime.engine.media.SourceFiles;
import dev.facefusion.runtime.engine.media.ffmpeg.FfmpegException;
import dev.facefusion.runtime.engine.media.ffmpeg.InstalledFfmpeg;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.engine.stage.StageListener;
import dev.facefusion.runtime.engine.video.Alteration;
import dev.facefusion.runtime.engine.video.EngineWorks;
import dev.facefusion.runtime.engine.video.UnfinishedFile;
import dev.facefusion.runtime.engine.video.VideoEngine;
import dev.facefusion.runtime.engine.video.VideoLimits;
import dev.facefusion.runtime.engine.video.VideoListener;
import dev.facefusion.runtime.engine.video.VideoOptions;
import dev.facefusion.runtime.engine.video.VideoOutcome;
import dev.facefusion.runtime.engine.video.VideoProgress;
import dev.facefusion.runtime.engine.video.VideoRequest;
import dev.facefusion.runtime.engine.video.VideoSource;
import dev.facefusion.runtime.option.TaskOptions;
import dev.facefusion.runtime.provenance.Release;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/// Carries tasks out, one after the other, on the thread that its engine belongs to.
///
/// @param workers of a video, each with an engine of its own
/// @param ffmpeg of the videos
record EngineRoom(Pipeline engine, int workers, Release release, InstalledFfmpeg ffmpeg) {

    Result run(SwapTask task, ProgressListener listener, Cancellation cancellation) {
        var id = UUID.randomUUID().toString();
        try {
            return switch (OutputKind.of(task.output())) {
                case OutputKind.Picture kind -> {
                    var options =
                            task.options()
                                    .with(TaskOptions.OUTPUT_FORMAT, kind.format())
                                    .toSwapOptions();
                    audit(id, task);
                    yield picture(id, task, new Still(kind, options), listener, cancellation);
                }
                case OutputKind.Video kind -> {
                    var options = task.options().toSwapOptions();
                    var film = task.options().toVideoOptions();
                    audit(id, task);
                    yield video(id, task, new Film(kind, options, film), listener, cancellation);
                }
            };
        } catch (CancellationException _) {
            return new Result.Cancelled();
        } catch (FfmpegException e) {
            return nothing(id, "failed", new Result.Failed(e.getMessage() + "."));
        }
    }

    /// What is told of a picture.
    private record Still(OutputKind.Picture kind, SwapOptions swap) {}

    private Result picture(
            String id,
            SwapTask task,
            Still still,
            ProgressListener listener,
            Cancellation cancellation) {
        var request = new SwapRequest(task.sources(), task.target(), still.swap());
        var outcome = engine.swap(request, listener::finished, cancellation);
        if (outcome instanceof SwapOutcome.Swapped swapped) {
            var type = swapped.format().mediaType();
            write(task.output(), release.picture(swapped.image(), type, id));
        }
        boolean unmarked = release.marker().marks() && !still.kind().carriesXmp();
        return result(id, task, outcome, unmarked ? Set.of(Alteration.UNMARKED) : Set.of());
    }

    private static void write(Path output, byte[] content) {
        try (var unfinished = UnfinishedFile.of(output)) {
            Files.write(unfinished.path(), content);
            unfinished.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "%s cannot be written (%s)".formatted(output, IoReason.of(e)), e);
        }
    }

    private Result result(
            String id, SwapTask task, SwapOutcome outcome, Set<Alteration> alterations) {
        return switch (outcome) {
            case SwapOutcome.Swapped swapped ->
                    new Result.Done(
                            task.output(),
                            id,
                            swapped.width(),
                            swapped.height(),
                            swapped.targetFaces(),
                            swapped.elapsed(),
                            alterations);
            case SwapOutcome.NoFace(var input) -> nothing(id, "no_face", new Result.NoFace(input));
            case SwapOutcome.BadMedia(var input, _, var detail) ->
                    nothing(id, "bad_media", new Result.Unusable(input, detail));
            case SwapOutcome.BadOption(var option, var expected) ->
                    nothing(id, "bad_option", new Result.Unavailable(named(option), expected));
        };
    }

    // The format is not an option here: the output's name says it.
    private static String named(String option) {
        return option.equals(TaskOptions.OUTPUT_FORMAT.name()) ? "output" : option;
    }

    private Result nothing(String id, String outcome, Result result) {
        release.nothing(id, outcome);
        return result;
    }

    /// What is told of a video.
    private record Film(OutputKind.Video kind, SwapOptions swap, VideoOptions video) {}

    private Result video(
            String id,
            SwapTask task,
            Film film,
            ProgressListener listener,
            Cancellation cancellation) {
        var request =
                new VideoRequest(
                                new VideoSource.File(task.target()),
                                task.output(),
                                film.video(),
                                release.marker().metadata(id),
                                (file, _) -> release.video(file, film.kind().carriesXmp(), id))
                        .with(SourceFiles.of(task.sources()).sound());
        try (var videos = new VideoEngine(ffmpeg.get(), VideoLimits.defaults());
                var crew = Crew.of(engine, workers)) {
            var works = new EngineWorks(crew.engines(), task.sources(), film.swap());
            return switch (videos.run(request, works, new Told(listener), cancellation)) {
                case VideoOutcome.Finished done ->
                        new Result.Filmed(
                                task.output(),
                                id,
                                done.size().width(),
                                done.size().height(),
                                done.frames(),
                                done.changedFrames(),
                                done.elapsed(),
                                done.alterations());
                case VideoOutcome.Refused(_, var detail) ->
                        nothing(id, "bad_media", new Result.Unusable(Input.TARGET, detail));
                case VideoOutcome.NotReady(var reason) -> result(id, task, reason, Set.of());
                case VideoOutcome.NotWritten(var reason) -> {
                    release.nothing(id, "failed");
                    throw new UncheckedIOException(
                            "%s cannot be written (%s)".formatted(task.output(), reason),
                            new IOException(reason));
                }
                case VideoOutcome.Failed(var detail) ->
                        nothing(id, "failed", new Result.Failed(detail));
            };
        }
    }

    /// The engines of one video: the room's own, and others until the video is done.
    private record Crew(Pipeline own, List<Pipeline> others) implements AutoCloseable {

        private static Crew of(Pipeline own, int size) {
            var crew = new Crew(own, new ArrayList<>());
            while (crew.others.size() + 1 < size) {
                crew.others.add(own.another());
            }
            return crew;
        }

        private List<Pipeline> engines() {
            return Stream.concat(Stream.of(own), others.stream()).toList();
        }

        @Override
        public void close() {
            others.forEach(Pipeline::close);
        }
    }

    private record Told(ProgressListener listener) implements VideoListener {

        @Override
        public void progressed(VideoProgress progress) {
            listener.progressed(progress);
        }

        @Override
        public StageListener stages() {
            return listener::finished;
        }
    }

    private void audit(String id, SwapTask task) {
        if (release.audit().kept()) {
            release.audit()
                    .write(
                            new AuditEvent.Requested(
                                    id,
                                    task.sources().stream().map(EngineRoom::sha256).toList(),
                                    sha256(task.target()),
                                    task.options().given(),
                                    task.consent().orElse(null)));
        }
    }

    private static String sha256(Path file) {
        try {
            return Release.sha256(file);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read".formatted(file), e);
        }
    }
}

package dev.facefusion.runtime.engine.video;

import dev.facefusion.runtime.config.IoReason;
import dev.facefusion.runtime.engine.Input;
import dev.facefusion.runtime.engine.SwapOutcome;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.image.YuvCanvas;
import dev.facefusion.runtime.engine.image.YuvConversion;
import dev.facefusion.runtime.engine.image.YuvPicture;
import dev.facefusion.runtime.engine.media.MediaFault;
import dev.facefusion.runtime.engine.media.ffmpeg.Ffmpeg;
import dev.facefusion.runtime.engine.media.ffmpeg.FfmpegException;
import dev.facefusion.runtime.engine.media.ffmpeg.NutReader;
import dev.facefusion.runtime.engine.media.ffmpeg.VideoFault;
import dev.facefusion.runtime.engine.stage.Cancellation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CancellationException;

/// Carries out video tasks: a child process decodes, another encodes, and between them the frames
/// pass through engines, in order and in bounded memory. Frames never touch a disk.
///
/// Safe to use from several threads, each with a task of its own.
public final class VideoEngine implements AutoCloseable {

    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(10);

    private final Ffmpeg ffmpeg;
    private final VideoLimits limits;
    private final Set<Cancellation> running = new HashSet<>();
    private boolean closed;

    public VideoEngine(Ffmpeg ffmpeg, VideoLimits limits) {
        this.ffmpeg = ffmpeg;
        this.limits = limits;
    }

    /// Carries out one task, and returns when it is over: no process, thread or unfinished file is
    /// left of it then, however it ended. What a video can be is an outcome; it throws for what is
    /// beyond the video.
    ///
    /// @param listener told on the task's threads
    /// @param cancellation heeded at any time, within half a second
    /// @throws CancellationException if the task was cancelled, the calling thread interrupted, or
    ///   this engine closed, before the output got its name
    /// @throws UncheckedIOException if the source cannot be read
    /// @throws FfmpegException if a process cannot be started
    public VideoOutcome run(
            VideoRequest request,
            FrameWorks works,
            VideoListener listener,
            Cancellation cancellation) {
        var own = new Cancellation();
        begin(own);
        try (var _ = cancellation.whenCancelled(own::cancel)) {
            return carryOut(request, works, listener, own);
        } finally {
            end(own);
        }
    }

    private synchronized void begin(Cancellation task) {
        if (closed) {
            throw new CancellationException("no video begins any more");
        }
        running.add(task);
    }

    private synchronized void end(Cancellation task) {
        running.remove(task);
        notifyAll();
    }

    /// Cancels what runs and waits until it is over, ten seconds at most. Have it called when the
    /// process is told to end: otherwise unfinished files stay behind.
    @Override
    public synchronized void close() {
        closed = true;
        running.forEach(Cancellation::cancel);
        long deadline = System.nanoTime() + PATIENCE_AT_THE_END.toNanos();
        try {
            while (!running.isEmpty() && System.nanoTime() < deadline) {
                wait(100);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private VideoOutcome carryOut(
            VideoRequest request,
            FrameWorks works,
            VideoListener listener,
            Cancellation cancellation) {
        long start = System.nanoTime();
        cancellation.check();
        return switch (Footage.look(request, ffmpeg, limits, works.reach(), cancellation)) {
            case Footage.Refused(var fault, var detail) -> new VideoOutcome.Refused(fault, detail);
            case Footage.NoSound(var detail) ->
                    new VideoOutcome.NotReady(
                            new SwapOutcome.BadMedia(Input.SOURCE, MediaFault.UNSUPPORTED, detail));
            case Footage.Usable usable ->
                    switch (VideoPlan.of(usable, request, ffmpeg)) {
                        case VideoPlan.Refused(var fault, var detail) ->
                                new VideoOutcome.Refused(fault, detail);
                        case VideoPlan.Made plan ->
                                make(
                                        new Task(request, usable, plan, start),
                                        works,
                                        listener,
                                        cancellation);
                    };
        };
    }

    /// @param start by [System#nanoTime]
    private record Task(
            VideoRequest request, Footage.Usable footage, VideoPlan.Made plan, long start) {

        /// The pictures that the decoder is fed, of a stretch of the video.
        List<Path> pictures(Window window) {
            return switch (request.source()) {
                case VideoSource.File _ -> List.of();
                case VideoSource.Pictures(var files, _) ->
                        files.subList(
                                (int) window.first(), (int) (window.first() + window.frames()));
            };
        }
    }

    private VideoOutcome make(
            Task task, FrameWorks works, VideoListener listener, Cancellation cancellation) {
        var reference = Optional.<Picture>empty();
        if (works.referenceFrame().isPresent()) {
            long number = works.referenceFrame().getAsLong();
            reference = frame(task, number, cancellation);
            if (reference.isEmpty()) {
                return new VideoOutcome.Refused(
                        VideoFault.NO_FRAMES,
                        "The video has no frame %d to take the reference face from."
                                .formatted(number));
            }
        }
        try (var unfinished = UnfinishedFile.of(task.request().output())) {
            var job =
                    new VideoRun.Job(
                            task.plan(),
                            task.pictures(task.footage().window()),
                            unfinished.path(),
                            reference,
                            task.start() + limits.maxElapsed().toNanos());
            VideoRun.Ended ended;
            try (var children = new Children()) {
                ended = new VideoRun(ffmpeg, job, works, listener, cancellation, children).run();
            }
            cancellation.check();
            var verdict = Verdict.on(ended, task.plan(), limits);
            return verdict.isPresent()
                    ? verdict.get()
                    : finish(task, unfinished, ended, cancellation);
        }
    }

    /// One frame of the whole video; empty if there is none of that number.
    private Optional<Picture> frame(Task task, long number, Cancellation cancellation) {
        var footage = task.footage();
        var alone = new Trim.Frames(number, OptionalLong.of(number + 1));
        var window = Window.of(alone, footage.times());
        if (window.isEmpty()) {
            return Optional.empty();
        }
        var stream = footage.facts().video();
        var picturing = Picturing.of(stream, task.request().options().atEveryFrame());
        var decode =
                DecodeArguments.of(
                        VideoPlan.input(task.request().source(), window.get()),
                        stream.index(),
                        picturing,
                        stream.timeBase());
        try (var decoder = ffmpeg.start(decode);
                var _ = cancellation.whenCancelled(decoder::kill)) {
            for (var picture : task.pictures(window.get())) {
                Files.copy(picture, decoder.input());
            }
            decoder.input().close();
            var nut = new NutReader(decoder.output());
            var size = picturing.size();
            var planes = new byte[YuvPicture.bytes(size.width(), size.height())];
            int bytes = nut.next();
            cancellation.check();
            if (bytes != planes.length) {
                return Optional.empty();
            }
            nut.pixels(planes, bytes);
            var frame = YuvPicture.over(size.width(), size.height(), planes);
            return Optional.of(new YuvCanvas(frame, new YuvConversion(picturing.yuv())).picture());
        } catch (IOException e) {
            cancellation.check();
            throw new UncheckedIOException("the reference frame cannot be read", e);
        }
    }

    private static VideoOutcome finish(
            Task task, UnfinishedFile unfinished, VideoRun.Ended ended, Cancellation cancellation) {
        var request = task.request();
        try {
            request.finishingTouch().apply(unfinished.path(), request.container());
            cancellation.check();
            unfinished.finish();
        } catch (IOException e) {
            return new VideoOutcome.NotWritten(IoReason.of(e));
        }
        return new VideoOutcome.Finished(
                request.output(),
                ended.frames(),
                ended.changed(),
                task.plan().outputSize(),
                Duration.ofNanos(System.nanoTime() - task.start()),
                task.plan().alterations());
    }
}

package dev.facefusion.runtime.engine.video;

import dev.facefusion.runtime.engine.media.PictureSize;
import dev.facefusion.runtime.engine.media.ffmpeg.Ffmpeg;
import dev.facefusion.runtime.engine.media.ffmpeg.MediaFacts;
import dev.facefusion.runtime.engine.media.ffmpeg.MediaFacts.AudioStream;
import dev.facefusion.runtime.engine.media.ffmpeg.MediaProbe;
import dev.facefusion.runtime.engine.media.ffmpeg.Probed;
import dev.facefusion.runtime.engine.media.ffmpeg.VideoFault;
import dev.facefusion.runtime.engine.media.ffmpeg.VideoStream;
import dev.facefusion.runtime.engine.stage.Cancellation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a source turns out to be, and which part of it is wanted.
sealed interface Footage {

    /// What may be missing at a file's end that has a fault elsewhere.
    double GAP_SECONDS = 0.5;

    /// It can be worked on.
    ///
    /// @param replacement of its sound, in the file that the request names
    record Usable(
            MediaFacts facts, FrameTimes times, Window window, Optional<AudioStream> replacement)
            implements Footage {

        /// From its first frame to the end of its last one.
        double seconds() {
            return times.at(window.first() + window.frames()) - times.at(window.first());
        }
    }

    record Refused(VideoFault fault, String detail) implements Footage {}

    /// The file that its sound is to be taken from has none.
    record NoSound(String detail) implements Footage {}

    /// Looks at a source.
    ///
    /// @param reach how many frames are held for tracking: FaceFusion's `target_frame_amount`
    /// @throws UncheckedIOException if a file cannot be read
    static Footage look(
            VideoRequest request,
            Ffmpeg ffmpeg,
            VideoLimits limits,
            int reach,
            Cancellation cancellation) {
        var probe = new MediaProbe(ffmpeg, limits.maxElapsed());
        var files =
                switch (request.source()) {
                    case VideoSource.File(var path) -> List.of(path);
                    case VideoSource.Pictures(var paths, _) -> paths;
                };
        if (bytes(files) > limits.maxBytes()) {
            return new Refused(
                    VideoFault.TOO_LARGE,
                    "The video has more than %d MiB.".formatted(limits.maxBytes() >> 20));
        }
        var probed =
                switch (request.source()) {
                    case VideoSource.File(var path) -> probe.probe(path, cancellation);
                    case VideoSource.Pictures pictures -> still(pictures, probe, cancellation);
                };
        return switch (probed) {
            case Probed.Refused(var fault, var detail) -> new Refused(fault, detail);
            case Probed.Video(var facts) -> {
                var excess = excess(facts, request.options(), limits, reach);
                yield excess.isPresent()
                        ? excess.get()
                        : windowed(facts, request, files.getFirst(), probe, cancellation);
            }
        };
    }

    private static long bytes(List<Path> files) {
        long bytes = 0;
        for (var file : files) {
            try {
                bytes += Files.size(file);
            } catch (IOException e) {
                throw new UncheckedIOException("%s cannot be read".formatted(file), e);
            }
        }
        return bytes;
    }

    // The first picture tells the size; their number and rate are known.
    private static Probed still(
            VideoSource.Pictures pictures, MediaProbe probe, Cancellation cancellation) {
        var first =
                probe.probePicture(
                        pictures.files().getFirst(), pictures.format().demuxer(), cancellation);
        return switch (first) {
            case Probed.Refused refused -> refused;
            case Probed.Video(var facts) -> {
                var picture = facts.video();
                yield new Probed.Video(
                        new MediaFacts(
                                facts.format(),
                                Duration.ZERO,
                                Optional.empty(),
                                new VideoStream(
                                        picture.index(),
                                        picture.codec(),
                                        picture.coded(),
                                        picture.rotation(),
                                        picture.pixelFormat(),
                                        picture.colour(),
                                        pictures.rate(),
                                        Optional.of(pictures.rate()),
                                        pictures.rate().inverse(),
                                        Duration.ZERO,
                                        Optional.empty(),
                                        pictures.files().size(),
                                        Optional.empty()),
                                List.of(),
                                0,
                                0,
                                ""));
            }
        };
    }

    private static Optional<Refused> excess(
            MediaFacts facts, VideoOptions options, VideoLimits limits, int reach) {
        var size = facts.video().size();
        var result = Picturing.scaled(size, Math.max(1, options.scale()));
        long pixels = Math.max(size.pixels(), result.pixels());
        if (pixels > limits.maxPixels()) {
            return tooLarge(
                    "Frames of %s are more than %d pixels."
                            .formatted(text(size, result), limits.maxPixels()));
        }
        if (pixels > limits.reaching(reach).maxPixels()) {
            return tooLarge(
                    "Frames of %s are more than %d pixels, the most with a target_frame_amount of %d; with up to 2 there may be %d."
                            .formatted(
                                    text(size, result),
                                    limits.reaching(reach).maxPixels(),
                                    reach,
                                    limits.maxPixels()));
        }
        double seconds = facts.video().packets() / facts.video().framesPerSecond();
        double told = facts.video().duration().map(Duration::toSeconds).orElse(0L);
        return Math.max(seconds, told) > limits.maxDuration().toSeconds()
                ? tooLarge(
                        "The video is longer than %d min."
                                .formatted(limits.maxDuration().toMinutes()))
                : Optional.empty();
    }

    private static String text(PictureSize size, PictureSize result) {
        var text = "%d x %d".formatted(size.width(), size.height());
        return result.pixels() > size.pixels()
                ? text + ", scaled to %d x %d,".formatted(result.width(), result.height())
                : text;
    }

    private static Optional<Refused> tooLarge(String detail) {
        return Optional.of(new Refused(VideoFault.TOO_LARGE, detail));
    }

    private static Footage windowed(
            MediaFacts facts,
            VideoRequest request,
            Path file,
            MediaProbe probe,
            Cancellation cancellation) {
        var stream = facts.video();
        if (stream.cutShort()) {
            return new Refused(
                    VideoFault.TRUNCATED,
                    "The file ends too early: it promises %d frames and has %d."
                            .formatted(stream.declaredFrames().orElseThrow(), stream.packets()));
        }
        FrameTimes times =
                stream.constantRate()
                        ? FrameTimes.Constant.of(facts)
                        : FrameTimes.Listed.of(facts, probe.times(file, stream, cancellation));
        if (endsEarly(facts, times)) {
            return new Refused(
                    VideoFault.TRUNCATED,
                    "The file ends too early: %s.".formatted(facts.complaints()));
        }
        var window = Window.of(request.options().trim(), times);
        if (window.isEmpty()) {
            return new Refused(VideoFault.NO_FRAMES, "No frame lies within the trim.");
        }
        var wanted = request.sound().filter(_ -> request.options().audio().volume() > 0);
        var replacement = wanted.flatMap(other -> probe.probeSound(other, cancellation));
        return wanted.isPresent() && replacement.isEmpty()
                ? new NoSound("The sound is broken, or of no format that is read.")
                : new Usable(facts, times, window.get(), replacement);
    }

    // The last picture may stand for long; only with a complaint is a gap at the end a cut.
    private static boolean endsEarly(MediaFacts facts, FrameTimes times) {
        double lasts = times.at(times.count() - 1) - times.at(0);
        return !facts.complaints().isEmpty()
                && facts.video()
                        .duration()
                        .filter(promised -> promised.toNanos() / 1e9 - lasts > GAP_SECONDS)
                        .isPresent();
    }
}

package dev.facefusion.runtime.engine.media.ffmpeg;

import dev.facefusion.runtime.engine.media.PictureSize;
import java.time.Duration;
import java.util.Optional;

/// The pictures of a video file.
///
/// @param index among all streams of the file
/// @param coded their size as stored, before they are turned upright
/// @param rotation degrees, counter-clockwise, by which they are shown: -270 to 270
/// @param pixelFormat as ffmpeg names it, such as `yuv420p`
/// @param nominalRate frames in a second: the lowest rate that has a tick for every frame
/// @param averageRate frames in a second; empty where it is not told
/// @param timeBase what the stream counts time in, in seconds
/// @param start when the first frame is shown, by the file's clock
/// @param packets how many frames the file really holds, before edits
/// @param declaredFrames how many its header promises
public record VideoStream(
        int index,
        String codec,
        PictureSize coded,
        int rotation,
        String pixelFormat,
        Colour colour,
        Rational nominalRate,
        Optional<Rational> averageRate,
        Rational timeBase,
        Duration start,
        Optional<Duration> duration,
        long packets,
        Optional<Long> declaredFrames) {

    private static final double SAME_RATE = 0.005;
    private static final double WHOLE = 0.98;

    /// How large the pictures are shown.
    public PictureSize size() {
        int width = coded.width();
        int height = coded.height();
        return Math.floorMod(rotation, 180) == 90
                ? new PictureSize(/* width= */ height, /* height= */ width)
                : coded;
    }

    /// Whether the frames follow each other at one rate. Containers that count in milliseconds, or
    /// that lack a frame here and there, still count as constant. Matroska tells the rate that was
    /// meant, so that the number of frames has to bear it out.
    public boolean constantRate() {
        return averageRate.isPresent()
                && Math.abs(averageRate.get().value() / nominalRate.value() - 1) < SAME_RATE
                && duration.map(time -> packets >= WHOLE * frames(time) - 2).orElse(true);
    }

    private double frames(Duration time) {
        return time.toNanos() / 1e9 * framesPerSecond();
    }

    /// Frames in a second.
    public double framesPerSecond() {
        return averageRate.orElse(nominalRate).value();
    }

    /// Whether the file holds fewer frames than its header promises. Some muxers count one or two
    /// more than they wrote.
    public boolean cutShort() {
        return declaredFrames.filter(promised -> packets < WHOLE * promised - 2).isPresent();
    }
}

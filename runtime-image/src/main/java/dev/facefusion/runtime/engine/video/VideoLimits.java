package dev.facefusion.runtime.engine.video;

import java.time.Duration;

/// How much one task may take.
///
/// @param maxBytes of the file
/// @param maxDuration of the video
/// @param maxPixels of one frame, as it comes in and as it goes out
/// @param maxElapsed on the clock on the wall, from the first look to the finished file
public record VideoLimits(
        long maxBytes, Duration maxDuration, long maxPixels, Duration maxElapsed) {

    /// The same memory for a task that holds more frames: of the 12 bytes that are reckoned for a
    /// pixel, a frame takes 1.5 and what there is without tracking 7.5, which leaves room for two
    /// more; each further one counts as an eighth.
    ///
    /// @param reach how many frames are held beyond those that there are without tracking
    VideoLimits reaching(int reach) {
        return new VideoLimits(
                maxBytes, maxDuration, 8 * maxPixels / (8 + Math.max(0, reach - 2)), maxElapsed);
    }

    /// 8 GiB, four hours, the pixels of 8K (7680 x 4320), a day.
    public static VideoLimits defaults() {
        return new VideoLimits(8L << 30, Duration.ofHours(4), 7680L * 4320, Duration.ofHours(24));
    }
}

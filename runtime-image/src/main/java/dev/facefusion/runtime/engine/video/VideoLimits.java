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

    /// 8 GiB, four hours, the pixels of 8K (7680 x 4320), a day.
    public static VideoLimits defaults() {
        return new VideoLimits(8L << 30, Duration.ofHours(4), 7680L * 4320, Duration.ofHours(24));
    }
}

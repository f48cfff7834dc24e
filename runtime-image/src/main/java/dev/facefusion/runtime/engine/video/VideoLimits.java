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

    /// A frame takes an eighth of the memory that its pixels are counted for, and there is room for
    /// two more than there are without tracking: further ones count as pixels.
    ///
    /// @param reach how many frames beyond the one that is worked on are held
    VideoLimits reaching(int reach) {
        return new VideoLimits(
                maxBytes, maxDuration, 8 * maxPixels / (8 + Math.max(0, reach - 2)), maxElapsed);
    }

    /// 8 GiB, four hours, the pixels of 8K (7680 x 4320), a day.
    public static VideoLimits defaults() {
        return new VideoLimits(8L << 30, Duration.ofHours(4), 7680L * 4320, Duration.ofHours(24));
    }
}

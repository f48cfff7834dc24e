package dev.facefusion.runtime.engine.video;

import java.time.Duration;
import java.util.Optional;

/// How far a video is.
///
/// @param frames written to the encoder
/// @param total as expected by the container; the real end may come a little earlier or later
/// @param framesPerSecond since the first frame
public record VideoProgress(long frames, long total, double framesPerSecond) {

    /// 0 to 1.
    public double fraction() {
        return Math.min(1, frames / (double) Math.max(1, total));
    }

    /// The time to the last frame at this speed; empty before the first one.
    public Optional<Duration> remaining() {
        return framesPerSecond > 0
                ? Optional.of(
                        Duration.ofMillis(
                                Math.round(Math.max(0, total - frames) * 1000 / framesPerSecond)))
                : Optional.empty();
    }
}

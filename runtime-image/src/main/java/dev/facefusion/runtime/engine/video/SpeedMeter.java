package dev.facefusion.runtime.engine.video;

import java.time.Duration;

/// Tells a listener how a video goes on, now and then.
final class SpeedMeter {

    private static final long INTERVAL = Duration.ofMillis(100).toNanos();

    private final long total;
    private final VideoListener listener;
    private final long start = System.nanoTime();
    private long told = start;

    SpeedMeter(long total, VideoListener listener) {
        this.total = total;
        this.listener = listener;
    }

    void passed(long frames) {
        if (System.nanoTime() - told >= INTERVAL) {
            told = System.nanoTime();
            tell(frames, Math.max(frames, total));
        }
    }

    void ended(long frames) {
        tell(frames, frames);
    }

    private void tell(long frames, long total) {
        double seconds = (System.nanoTime() - start) / 1e9;
        listener.progressed(new VideoProgress(frames, total, frames / Math.max(seconds, 1e-3)));
    }
}

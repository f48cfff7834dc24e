package dev.facefusion.runtime.gpu;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Tells lasting heat from a moment's. Heat that has held the clock down for more than a minute is
/// lasting; near the limit the card flickers, so a pause of less than fifteen seconds ends nothing.
///
/// @param began when the clock was first held down, of a clock that only runs forward, in
///   nanoseconds; `null` while it is not
/// @param seen when it last was
record HeatEpisode(@Nullable Long began, long seen) {

    private static final long LASTING = Duration.ofSeconds(60).toNanos();
    private static final long PAUSE = Duration.ofSeconds(15).toNanos();

    static final HeatEpisode NONE = new HeatEpisode(null, 0);

    /// The episode after one more look.
    ///
    /// @param hot true if heat holds the clock down now
    HeatEpisode next(long now, boolean hot) {
        if (hot) {
            return new HeatEpisode(began == null ? now : began, now);
        }
        return began != null && now - seen < PAUSE ? this : NONE;
    }

    /// True if it has lasted for more than a minute.
    boolean lasting() {
        return began != null && seen - began > LASTING;
    }
}

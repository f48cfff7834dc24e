package dev.facefusion.runtime.engine.video;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// Which part of a video is worked on; the rest is left out of the result.
public sealed interface Trim {

    /// All of it.
    record Whole() implements Trim {}

    /// Frames by their numbers.
    ///
    /// @param start number of the first frame, from 0
    /// @param end one past the last; empty for the video's own end
    record Frames(long start, OptionalLong end) implements Trim {

        public Frames {
            if (start < 0 || end.orElse(Long.MAX_VALUE) <= start) {
                throw new IllegalArgumentException(
                        "no frame lies from %d to before %s".formatted(start, end));
            }
        }
    }

    /// Frames by the time when they are shown.
    ///
    /// @param start frames shown from here on, counted from the file's start
    /// @param end frames shown before it; empty for the video's own end
    record Times(Duration start, Optional<Duration> end) implements Trim {

        public Times {
            if (start.isNegative() || end.filter(time -> time.compareTo(start) <= 0).isPresent()) {
                throw new IllegalArgumentException(
                        "no time lies from %s to before %s".formatted(start, end));
            }
        }
    }
}

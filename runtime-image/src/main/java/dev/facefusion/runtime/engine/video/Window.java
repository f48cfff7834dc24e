package dev.facefusion.runtime.engine.video;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The part of a file that is worked on.
///
/// @param first number of the first frame
/// @param frames how many there should be
/// @param pictures from when to when frames are decoded; empty for all
/// @param sound from when to when sound is kept; empty for all
record Window(long first, long frames, Optional<Span> pictures, Optional<Span> sound) {

    /// In seconds from the file's start.
    record Span(double from, double to) {

        /// As options of an input.
        List<String> arguments() {
            return List.of("-ss", seconds(from), "-t", seconds(to - from));
        }

        private static String seconds(double value) {
            return String.format(Locale.ROOT, "%.6f", value);
        }
    }

    static Window whole(long frames) {
        return new Window(0, frames, Optional.empty(), Optional.empty());
    }

    /// Empty if no frame lies in it.
    static Optional<Window> of(Trim trim, FrameTimes times) {
        long start;
        long end;
        switch (trim) {
            case Trim.Whole() -> {
                return Optional.of(whole(times.count()));
            }
            case Trim.Frames(var first, var last) -> {
                start = first;
                end = Math.min(last.orElse(times.count()), times.count());
            }
            case Trim.Times(var first, var last) -> {
                start = times.firstFrom(first.toNanos() / 1e9);
                end = last.map(time -> times.firstFrom(time.toNanos() / 1e9)).orElse(times.count());
            }
        }
        if (start >= end) {
            return Optional.empty();
        }
        // The decoder's cuts lie between two frames, where no rounding moves a frame across.
        double from = start == 0 ? 0 : (times.at(start - 1) + times.at(start)) / 2;
        double to = (times.at(end - 1) + times.at(end)) / 2;
        return Optional.of(
                new Window(
                        start,
                        end - start,
                        Optional.of(new Span(from, to)),
                        Optional.of(new Span(times.at(start), times.at(end)))));
    }
}

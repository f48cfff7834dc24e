package dev.facefusion.runtime.engine.video;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The part of a file that is worked on.
///
/// @param first number of the first frame
/// @param frames how many there should be
/// @param pictures which frames are decoded; empty for all
/// @param sound which sound is kept; empty for all
record Window(long first, long frames, Optional<Cut> pictures, Optional<Cut> sound) {

    /// A stretch of an input, in seconds.
    ///
    /// @param seek from the file's start; 0 to begin with whatever comes first
    /// @param length of frames, counted from the first one that is kept
    record Cut(double seek, double length) {

        /// As options of an input.
        List<String> arguments() {
            var length = List.of("-t", seconds(this.length));
            return seek == 0
                    ? length
                    : Stream.concat(Stream.of("-ss", seconds(seek)), length.stream()).toList();
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
        // The pictures' cuts lie between two frames, where no rounding moves a frame across.
        double seek = start == 0 ? 0 : (times.at(start - 1) + times.at(start)) / 2;
        double last = (times.at(end - 1) + times.at(end)) / 2;
        return Optional.of(
                new Window(
                        start,
                        end - start,
                        Optional.of(new Cut(seek, last - times.at(start))),
                        Optional.of(new Cut(times.at(start), times.at(end) - times.at(start)))));
    }
}

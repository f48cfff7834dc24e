package dev.facefusion.runtime.engine.video;

import dev.facefusion.runtime.engine.media.ffmpeg.MediaFacts;
import java.util.Arrays;

/// When each frame of a video is shown, in seconds from the file's start.
sealed interface FrameTimes {

    /// How many there are.
    long count();

    /// When a frame is shown.
    ///
    /// @param frame 0 to the count; the time of the one past the last is an estimate
    double at(long frame);

    /// The first frame that is shown at a time or later; the count if there is none.
    long firstFrom(double seconds);

    /// One frame after the other at one rate.
    record Constant(long count, double first, double framesPerSecond) implements FrameTimes {

        private static final double TOLERANCE = 1e-3; // of a frame: times are told in microseconds

        static Constant of(MediaFacts facts) {
            return new Constant(
                    facts.video().packets(), seconds(facts), facts.video().nominalRate().value());
        }

        private static double seconds(MediaFacts facts) {
            return facts.video().start().minus(facts.start()).toNanos() / 1e9;
        }

        @Override
        public double at(long frame) {
            return first + frame / framesPerSecond;
        }

        @Override
        public long firstFrom(double seconds) {
            double frame = (seconds - first) * framesPerSecond;
            return Math.clamp((long) Math.ceil(frame - TOLERANCE), 0L, count);
        }
    }

    /// Each at its own time. These are not compared.
    ///
    /// @param times in order, at least one
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Listed(double[] times) implements FrameTimes {

        static Listed of(MediaFacts facts, double[] byTheFilesClock) {
            double start = facts.start().toNanos() / 1e9;
            return new Listed(Arrays.stream(byTheFilesClock).map(time -> time - start).toArray());
        }

        @Override
        public long count() {
            return times.length;
        }

        @Override
        public double at(long frame) {
            int last = times.length - 1;
            if (frame <= last) {
                return times[(int) frame];
            }
            return last == 0 ? times[0] + 1 : 2 * times[last] - times[last - 1];
        }

        @Override
        public long firstFrom(double seconds) {
            int found = Arrays.binarySearch(times, seconds);
            return found < 0 ? -found - 1 : found;
        }
    }
}

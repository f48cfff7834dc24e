package dev.facefusion.operator.decide.trend;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Tells growth that goes on from noise, from steps and from caches that fill and empty. Growth is
/// established where all of these hold, the cheapest first:
///
/// 1. of three parts of the window, equal in time or equal in work, each lies above the one before,
///    no rise is less than half of an even one, and the second has not slowed down: a warm-up does
/// 2. each part rises within itself as well: steps do not
/// 3. the last part lies above all that was ever seen before the window: a cache fills to where it
///    was, and so does load that comes and goes with the day
/// 4. the Mann–Kendall test says that chance alone would do this once in a thousand times
/// 5. the Theil–Sen slope is positive
final class Growth {
    /// One-sided p = 0.001.
    private static final double SIGNIFICANT = 3.09;

    /// CUDA hands out memory in pages of 2 MiB: two of them are too little to tell a step from a
    /// slope.
    static final double GRAIN_MEBIBYTES = 4;

    private static final double LEAST_MEBIBYTES = 3;

    private static final double EVENNESS = 0.5;
    private static final double SLOWING = 0.7;
    private static final double WITHIN = 0.3;
    private static final double NEWNESS = 0.3;

    private static final int PARTS = 3;
    private static final int LEAST_IN_PART = 6;

    private Growth() {}

    /// The slope in MiB per span of time; empty where the growth is not established.
    ///
    /// @param highest the most that a part of the window ever held before
    static OptionalDouble of(List<Minimum> window, double highest) {
        var time = window.stream().mapToDouble(Minimum::index).toArray();
        var memory = window.stream().mapToDouble(Minimum::lowest).toArray();
        if (!goesOn(time, memory, highest)
                && !(worked(window) && goesOn(work(window), memory, highest))) {
            return OptionalDouble.empty();
        }
        if (MannKendall.of(memory).z() < SIGNIFICANT) {
            return OptionalDouble.empty();
        }
        double slope = TheilSen.slope(time, memory);
        int lately = bound(time, 1);
        double now = TheilSen.slope(tail(time, lately), tail(memory, lately));
        double least = LEAST_MEBIBYTES / (time[time.length - 1] - time[0]);
        return slope >= least && now >= least / 2
                ? OptionalDouble.of(slope)
                : OptionalDouble.empty();
    }

    /// The level of the window's first part.
    static double floor(List<Minimum> window) {
        var time = window.stream().mapToDouble(Minimum::index).toArray();
        var memory = window.stream().mapToDouble(Minimum::lowest).toArray();
        return median(memory, 0, bound(time, 1));
    }

    private static boolean worked(List<Minimum> window) {
        return window.stream().map(Minimum::completed).allMatch(OptionalLong::isPresent)
                && window.getLast().completed().orElseThrow()
                        > window.getFirst().completed().orElseThrow();
    }

    private static double[] work(List<Minimum> window) {
        return window.stream().mapToDouble(minimum -> minimum.completed().orElseThrow()).toArray();
    }

    private static boolean goesOn(double[] x, double[] memory, double highest) {
        var bounds = new int[] {0, bound(x, 1), bound(x, 2), x.length};
        var levels = new double[PARTS];
        for (int part = 0; part < PARTS; part++) {
            if (bounds[part + 1] - bounds[part] < LEAST_IN_PART) {
                return false;
            }
            levels[part] = median(memory, bounds[part], bounds[part + 1]);
        }
        double first = levels[1] - levels[0];
        double second = levels[2] - levels[1];
        double even = (first + second) / 2;
        if (first + second <= 0 || Math.min(first, second) < EVENNESS * even) {
            return false;
        }
        if (second < SLOWING * first - 1) {
            return false;
        }
        for (int part = 0; part < PARTS; part++) {
            if (rise(memory, bounds[part], bounds[part + 1]) < WITHIN * even - GRAIN_MEBIBYTES) {
                return false;
            }
        }
        return levels[2] - highest >= NEWNESS * (first + second);
    }

    private static double[] tail(double[] values, int from) {
        return Arrays.copyOfRange(values, from, values.length);
    }

    /// Where the part of that number begins.
    private static int bound(double[] x, int part) {
        double at = x[0] + (x[x.length - 1] - x[0]) * part / PARTS;
        int index = 0;
        while (x[index] < at) {
            index++;
        }
        return index;
    }

    /// From the middle of the part's first half to that of its second, stretched to the whole.
    private static double rise(double[] memory, int from, int to) {
        int middle = (from + to) >>> 1;
        return 2 * (median(memory, middle, to) - median(memory, from, middle));
    }

    private static double median(double[] memory, int from, int to) {
        return Median.of(Arrays.copyOfRange(memory, from, to));
    }
}

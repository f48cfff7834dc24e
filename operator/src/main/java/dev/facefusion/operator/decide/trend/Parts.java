package dev.facefusion.operator.decide.trend;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Three parts of a window that are equally long, in time or in work.
///
/// @param enough whether each part has enough minima; the rest means nothing where one has not
/// @param floor the first part's level, which is its median
/// @param first from the first part's level to the second's
/// @param second from the second part's level to the third's
/// @param least of how far each part rises within itself
record Parts(boolean enough, double floor, double first, double second, double least) {
    private static final int COUNT = 3;
    private static final int ENOUGH = 6;

    /// Of an even rise.
    private static final double LEAST_BETWEEN = 0.5;

    private static final double LEAST_WITHIN = 0.3;
    private static final double LEAST_NEW = 0.3;

    /// @param x ascending, the time or the work
    static Parts of(double[] x, double[] memory) {
        var bounds = IntStream.rangeClosed(0, COUNT).map(part -> bound(x, part)).toArray();
        var levels = new double[COUNT];
        double least = Double.POSITIVE_INFINITY;
        for (int part = 0; part < COUNT; part++) {
            int from = bounds[part];
            int to = bounds[part + 1];
            if (to - from < ENOUGH) {
                return new Parts(false, 0, 0, 0, 0);
            }
            int middle = (from + to) >>> 1;
            double rise = 2 * (median(memory, middle, to) - median(memory, from, middle));
            levels[part] = median(memory, from, to);
            least = Math.min(least, rise);
        }
        return new Parts(true, levels[0], levels[1] - levels[0], levels[2] - levels[1], least);
    }

    /// Each part lies above the one before by much the same, and rises within itself: a step is
    /// between parts or within one.
    boolean evenlyRising() {
        double even = (first + second) / 2;
        return enough
                && even > 0
                && first >= LEAST_BETWEEN * even
                && second >= LEAST_BETWEEN * even
                && least >= LEAST_WITHIN * even - Growth.GRAIN_MEBIBYTES;
    }

    /// A good part of the rise goes beyond that.
    boolean beyond(double level) {
        double rise = first + second;
        return floor + rise - level >= LEAST_NEW * rise;
    }

    /// How much further a rise goes that fades by the same factor from part to part: the sum of a
    /// geometric series, less what has come of it since the third part's middle. A page more or
    /// less makes no difference.
    double reach(double newest) {
        double fading = (second + Growth.GRAIN_MEBIBYTES / 2) / first;
        double total = fading < 1 ? second * fading / (1 - fading) : Double.POSITIVE_INFINITY;
        return floor + first + second + total - newest;
    }

    /// Where the part of that number begins.
    static int bound(double[] x, int part) {
        if (part == COUNT) {
            return x.length;
        }
        double at = x[0] + (x[x.length - 1] - x[0]) * part / COUNT;
        int index = 0;
        while (x[index] < at) {
            index++;
        }
        return index;
    }

    private static double median(double[] memory, int from, int to) {
        return Median.of(Arrays.copyOfRange(memory, from, to));
    }
}

package dev.facefusion.operator.decide.trend;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Tells growth that goes on from noise, from steps and from caches that fill and empty. Growth is
/// established where all of these hold, the cheapest first:
///
/// 1. three parts of the window, equal in time or equal in work, rise evenly
/// 2. they rise beyond all that was seen before: a cache fills to where it was, and so does load
///    that comes and goes with the day
/// 3. if the rise slows down, it would still carry as far as the limit: a warm-up would not
/// 4. the Mann–Kendall test says that chance alone would do this once in a thousand times
/// 5. the Theil–Sen slope is more than a page or so per window, and has not faded lately
final class Growth {
    /// CUDA hands out memory in pages of 2 MiB: two of them are too little to go by.
    static final double GRAIN_MEBIBYTES = 4;

    private static final double LEAST_MEBIBYTES = 3;

    /// One-sided p = 0.001.
    private static final double SIGNIFICANT = 3.09;

    private Growth() {}

    /// What a window shows.
    ///
    /// @param floor the level of its first part; below all others where that part is too short
    /// @param slope in MiB per span of time; empty where no growth is established
    record Finding(double floor, OptionalDouble slope) {}

    /// @param highest the highest floor of any window before
    /// @param headroom what is left to the limit, in MiB
    static Finding of(List<Minimum> window, double highest, double headroom) {
        var time = window.stream().mapToDouble(Minimum::index).toArray();
        var memory = window.stream().mapToDouble(Minimum::lowest).toArray();
        var byTime = Parts.of(time, memory);
        if (!byTime.enough()) {
            return new Finding(Double.NEGATIVE_INFINITY, OptionalDouble.empty());
        }
        boolean rising =
                (byTime.evenlyRising() || risingByWork(window, memory))
                        && byTime.beyond(highest)
                        && byTime.reach(memory[memory.length - 1]) >= headroom
                        && MannKendall.of(memory).z() >= SIGNIFICANT;
        return new Finding(byTime.floor(), rising ? slope(time, memory) : OptionalDouble.empty());
    }

    private static boolean risingByWork(List<Minimum> window, double[] memory) {
        if (!window.stream().map(Minimum::completed).allMatch(OptionalLong::isPresent)) {
            return false;
        }
        var work =
                window.stream().mapToDouble(minimum -> minimum.completed().orElseThrow()).toArray();
        return work[work.length - 1] > work[0] && Parts.of(work, memory).evenlyRising();
    }

    private static OptionalDouble slope(double[] time, double[] memory) {
        double slope = TheilSen.slope(time, memory);
        int from = Parts.bound(time, 1);
        double lately =
                TheilSen.slope(
                        Arrays.copyOfRange(time, from, time.length),
                        Arrays.copyOfRange(memory, from, time.length));
        double least = LEAST_MEBIBYTES / (time[time.length - 1] - time[0]);
        return slope >= least && lately >= least / 2
                ? OptionalDouble.of(slope)
                : OptionalDouble.empty();
    }
}

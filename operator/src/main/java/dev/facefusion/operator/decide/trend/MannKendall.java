package dev.facefusion.operator.decide.trend;

import java.util.Arrays;

/// The Mann–Kendall test for a monotonic trend (Mann 1945, Kendall 1975).
///
/// @param s pairs that rise in time less pairs that fall
/// @param variance of `s` where there is no trend, with the correction for ties
record MannKendall(long s, double variance) {
    /// @param values in the order of time
    static MannKendall of(double[] values) {
        int n = values.length;
        long s = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                s += (int) Math.signum(values[j] - values[i]);
            }
        }
        return new MannKendall(s, (spread(n) - ties(values)) / 18);
    }

    /// The score, standard normal where there is no trend; 1 is subtracted for continuity.
    double z() {
        return s == 0 || variance <= 0 ? 0 : (s - Math.signum((double) s)) / Math.sqrt(variance);
    }

    /// n (n - 1) (2n + 5)
    private static double spread(double n) {
        return n * (n - 1) * (2 * n + 5);
    }

    private static double ties(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        double sum = 0;
        for (int from = 0, to = 0; from < sorted.length; from = to) {
            while (to < sorted.length && sorted[to] == sorted[from]) {
                to++;
            }
            sum += spread(to - from);
        }
        return sum;
    }
}

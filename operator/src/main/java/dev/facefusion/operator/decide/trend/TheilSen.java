package dev.facefusion.operator.decide.trend;

import java.util.Arrays;

/// The slope of a line that up to 29 % outliers do not bend (Theil 1950, Sen 1968): the median over
/// all pairs of points.
final class TheilSen {
    private TheilSen() {}

    /// @param x ascending; pairs with equal `x` do not count
    /// @return `y` per `x`
    /// @throws IllegalArgumentException if no two points differ in `x`
    static double slope(double[] x, double[] y) {
        int n = x.length;
        var slopes = new double[n * (n - 1) / 2];
        int pairs = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                if (x[j] > x[i]) {
                    slopes[pairs++] = (y[j] - y[i]) / (x[j] - x[i]);
                }
            }
        }
        return Median.of(Arrays.copyOf(slopes, pairs));
    }
}

package dev.facefusion.runtime.host;

/// A share as a percentage for a report.
final class Percent {

    private Percent() {}

    /// 0 to 100 with one decimal: more would be noise.
    static double of(double share) {
        return Math.round(Math.clamp(share, 0, 1) * 1000) / 10.0;
    }
}

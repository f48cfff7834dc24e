package dev.facefusion.runtime.engine.options;

/// Ranges, each broken with a message that names the option.
final class Limits {

    private Limits() {}

    static double within(String option, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    "%s is not in %s..%s: %s".formatted(option, least, most, value));
        }
        return value;
    }

    static int within(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s is not in %d..%d: %d".formatted(option, least, most, value));
        }
        return value;
    }
}

package dev.facefusion.runtime.engine.media.ffmpeg;

import java.util.Optional;

/// A fraction as ffmpeg writes it, such as `30000/1001` frames in a second or `1/90000` of a
/// second.
///
/// @param numerator at least 1
/// @param denominator at least 1
public record Rational(long numerator, long denominator) {

    public Rational {
        if (numerator < 1 || denominator < 1) {
            throw new IllegalArgumentException(
                    "not a positive fraction: %d/%d".formatted(numerator, denominator));
        }
    }

    /// The nearest fraction in thousandths, reduced.
    public static Rational of(double value) {
        long thousandths = Math.round(value * 1000);
        long divisor = gcd(thousandths, 1000);
        return new Rational(thousandths / divisor, 1000 / divisor);
    }

    /// Reads `N/D` or `N:D`. Empty for what says "unknown": `0/0`, `N/A` or nothing.
    public static Optional<Rational> parse(String text) {
        var parts = text.split("[/:]", 2);
        try {
            long numerator = Long.parseLong(parts[0]);
            long denominator = parts.length == 1 ? 1 : Long.parseLong(parts[1]);
            return numerator < 1 || denominator < 1
                    ? Optional.empty()
                    : Optional.of(new Rational(numerator, denominator));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    public double value() {
        return (double) numerator / denominator;
    }

    public Rational inverse() {
        return new Rational(denominator, numerator);
    }

    @Override
    public String toString() {
        return numerator + "/" + denominator;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}

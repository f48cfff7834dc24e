package dev.facefusion.runtime.plugin;

/// What a [HealthContributor] measured. A value outside of the bounds below is not shown.
public sealed interface HealthValue {

    /// A measured number.
    ///
    /// @param value finite, and no further from 0 than 2^53, so that every reader of JSON keeps it
    record Quantity(double value) implements HealthValue {}

    /// Words. In `/health` only: a metric is a number.
    ///
    /// @param value at most 256 characters, none of them a control character
    record Text(String value) implements HealthValue {}

    /// Yes or no. In `/health` only: a metric is a number.
    record Flag(boolean value) implements HealthValue {}

    static HealthValue of(double value) {
        return new Quantity(value);
    }

    static HealthValue of(String value) {
        return new Text(value);
    }

    static HealthValue of(boolean value) {
        return new Flag(value);
    }
}

package dev.facefusion.operator.decide.remediation;

/// How many pods may be under treatment at once.
public sealed interface Budget {
    record Count(int pods) implements Budget {}

    /// Of the wanted replicas, rounded down, and at least one.
    record Percent(int percent) implements Budget {}

    default int of(int desired) {
        return switch (this) {
            case Count(int pods) -> pods;
            case Percent(int percent) -> Math.max(1, desired * percent / 100);
        };
    }
}

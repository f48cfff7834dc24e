package dev.facefusion.operator.decide;

/// What a pod's polls amount to, once a single odd one has been smoothed away.
public sealed interface Standing {
    /// Too little is known.
    record Unproven() implements Standing {}

    record Good() implements Standing {}

    /// Connections are refused.
    record Refusing() implements Standing {}

    /// Connections time out: there is no evidence of the pod's state.
    record Silent() implements Standing {}

    record Bad(Reason reason) implements Standing {}
}

package dev.facefusion.operator.act;

import dev.facefusion.operator.decide.PodRef;

/// What came of an action. Whatever may pass by itself is an exception instead, to be tried again.
public sealed interface Outcome {
    record Done() implements Outcome {}

    /// The namesake of a cluster that was just deleted, or the namespace, is still on its way out.
    record Postponed() implements Outcome {}

    /// A disruption budget forbids the eviction for now.
    record Refused(PodRef pod) implements Outcome {}

    /// An object of that name exists that the cluster does not own; it is left alone.
    record NameConflict(String kind, String name) implements Outcome {}

    /// The API server calls the object invalid: only another spec can help.
    record Rejected(String kind, String message) implements Outcome {}
}

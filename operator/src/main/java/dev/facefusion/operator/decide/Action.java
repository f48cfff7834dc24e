package dev.facefusion.operator.decide;

/// One change to make in the cluster. Doing it twice is doing it once.
public sealed interface Action {
    /// Make this part of the workload as the spec asks; take it away where the spec asks for none.
    record Apply(Part part) implements Action {}
}

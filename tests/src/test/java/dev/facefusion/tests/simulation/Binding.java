package dev.facefusion.tests.simulation;

/// What a fault sticks to, and so what cures it.
public enum Binding {
    /// The process: a restart cures it.
    INSTANCE,

    /// The pod: its replacement is free of it.
    POD,

    /// The node: every pod there has it.
    NODE
}

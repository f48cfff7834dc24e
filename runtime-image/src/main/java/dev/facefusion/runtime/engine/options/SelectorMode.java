package dev.facefusion.runtime.engine.options;

/// How many of the target's faces are worked on.
public enum SelectorMode {
    /// The faces that resemble the reference.
    REFERENCE,
    /// The first in order.
    ONE,
    /// All.
    MANY
}

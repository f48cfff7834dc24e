package dev.facefusion.runtime.engine.stage;

/// A step of a task, in the order in which a swap runs them.
public enum Stage {
    DECODE,
    DETECT,
    /// The 468 landmarks of one face.
    MESH,
    WARP,
    MASK,
    COLOUR,
    BLEND,
    ENHANCE,
    ENCODE
}

package dev.facefusion.runtime.engine.stage;

/// A step of a task, in the order in which a swap runs them. Which of them a task has depends on
/// the models that carry it out.
public enum Stage {
    DECODE,
    DETECT,
    /// The 468 landmarks of one face.
    MESH,
    /// The 68 landmarks of one face.
    LANDMARK,
    /// Whose face it is, and what a classifier takes it for.
    RECOGNISE,
    WARP,
    MASK,
    /// The run of a swapper's model.
    SWAP,
    COLOUR,
    BLEND,
    ENHANCE,
    ENCODE
}

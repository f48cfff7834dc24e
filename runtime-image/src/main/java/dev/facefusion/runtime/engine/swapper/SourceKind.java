package dev.facefusion.runtime.engine.swapper;

import dev.facefusion.runtime.engine.geometry.WarpTemplate;

/// What a swapper's model takes of the source's face.
public sealed interface SourceKind {

    /// The identity, multiplied by the matrix `buff2fs` that lies in the swapper's own file, over
    /// its length before: shape (1, 512).
    record Mapped() implements SourceKind {}

    /// The identity at length one, or the mean of such: shape (1, 512).
    record Normalised() implements SourceKind {}

    /// What another model makes of the identity: shape (1, 512).
    ///
    /// @param model such as `crossface_ghost`: `input` and output 0 of shape (1, 512)
    /// @param normalised whether its result, and the target's identity that may be mixed in, are
    ///   scaled to length one
    record Converted(String model, boolean normalised) implements SourceKind {}

    /// The first source's face itself: R, G, B, NCHW float32 in [0, 1], shape (1, 3, side, side).
    record Pictured(WarpTemplate template, int side) implements SourceKind {}
}

package dev.facefusion.runtime.engine;

/// What is done to the faces of the target.
public enum FrameProcessor {
    /// Puts the source's face onto the target's faces.
    FACE_SWAPPER,
    /// Sharpens and cleans the target's faces as they are by then.
    FACE_ENHANCER
}

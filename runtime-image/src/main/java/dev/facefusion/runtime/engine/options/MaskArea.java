package dev.facefusion.runtime.engine.options;

/// A part of the face by its landmarks.
public enum MaskArea {
    UPPER_FACE,
    LOWER_FACE,
    MOUTH
}

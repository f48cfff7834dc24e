package dev.facefusion.runtime.engine.options;

/// A part of the face as the parser names it.
public enum MaskRegion {
    SKIN,
    LEFT_EYEBROW,
    RIGHT_EYEBROW,
    LEFT_EYE,
    RIGHT_EYE,
    GLASSES,
    NOSE,
    MOUTH,
    UPPER_LIP,
    LOWER_LIP
}

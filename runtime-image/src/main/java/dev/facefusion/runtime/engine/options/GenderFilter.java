package dev.facefusion.runtime.engine.options;

/// Faces of this gender, or of the source's.
public enum GenderFilter {
    FEMALE,
    MALE,
    AUTO
}

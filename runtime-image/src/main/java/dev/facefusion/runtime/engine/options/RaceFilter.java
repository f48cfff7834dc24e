package dev.facefusion.runtime.engine.options;

/// Faces that the classifier puts into this group, or into the source's.
public enum RaceFilter {
    WHITE,
    BLACK,
    LATINO,
    ASIAN,
    INDIAN,
    ARABIC,
    AUTO
}

package dev.facefusion.runtime.engine.options;

/// The order of the faces of one picture.
public enum FaceOrder {
    LEFT_RIGHT,
    RIGHT_LEFT,
    TOP_BOTTOM,
    BOTTOM_TOP,
    SMALL_LARGE,
    LARGE_SMALL,
    BEST_WORST,
    WORST_BEST
}

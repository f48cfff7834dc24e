package dev.facefusion.runtime.engine.paste;

/// How a face is read between its pixels. FaceFusion leaves that to OpenCV, which decides by the
/// type of number that the face is kept in.
public enum Sampling {
    /// At the exact place, as floats of 32 bits.
    EXACT,
    /// At the exact place, rounded to a whole number, as bytes.
    ROUNDED,
    /// At the nearest 1/32 of a pixel, as floats of 64 bits.
    STEPPED
}

package dev.facefusion.runtime.engine.options;

/// Why a task cannot be done as its options ask.
///
/// @param option its name, such as `face_swapper_pixel_boost`
/// @param expected what it may be, such as `one of 128, 256`
public record Objection(String option, String expected) {}

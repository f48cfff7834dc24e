package dev.facefusion.runtime.engine.analyse;

import dev.facefusion.runtime.engine.options.DetectorOptions;
import dev.facefusion.runtime.engine.options.LandmarkerOptions;

/// What is asked of a picture. Whose the faces are and what they are taken for costs a run of a
/// model each, so it is asked for only where something depends on it.
///
/// @param identity whether [Face#identity] is wanted
/// @param traits whether [Face#traits] are wanted
public record Inquiry(
        DetectorOptions detector, LandmarkerOptions landmarker, boolean identity, boolean traits) {}

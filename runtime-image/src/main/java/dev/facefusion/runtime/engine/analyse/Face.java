package dev.facefusion.runtime.engine.analyse;

import dev.facefusion.runtime.engine.geometry.Detection;
import dev.facefusion.runtime.engine.geometry.Landmarks;

/// A face that detector and landmarker agree on.
public record Face(Detection detection, Landmarks landmarks) {}

package dev.facefusion.runtime.engine.process;

import dev.facefusion.runtime.engine.analyse.Face;
import dev.facefusion.runtime.engine.analyse.Source;
import dev.facefusion.runtime.engine.image.Canvas;
import dev.facefusion.runtime.engine.options.FaceOptions;

/// One face to be changed.
///
/// @param canvas as the processors before have left it; changed in place
/// @param face found on the canvas before any processor touched it
/// @param source may be [Source#none] for a processor that takes nothing from it
/// @param blendRatio share of the enhanced face, 0 to 1
public record FaceTask(
        Canvas canvas, Face face, Source source, FaceOptions options, double blendRatio) {}

package dev.facefusion.runtime.engine.analyse;

import dev.facefusion.runtime.engine.image.Picture;

/// A picture and the one face of it that matters.
public record Portrait(Picture picture, Face face) {}

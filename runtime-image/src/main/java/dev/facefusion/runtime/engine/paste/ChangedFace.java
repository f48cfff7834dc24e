package dev.facefusion.runtime.engine.paste;

import dev.facefusion.runtime.engine.geometry.Affine;
import dev.facefusion.runtime.engine.image.Layer;
import dev.facefusion.runtime.engine.image.Plane;

/// A face that still lies in its crop.
///
/// @param toCrop map from the picture to the crop
/// @param face R, G, B in 0 to 255, a square
/// @param mask as large as the face: how much of it goes into the picture, 0 to 1
public record ChangedFace(Affine toCrop, Layer face, Plane mask) {}

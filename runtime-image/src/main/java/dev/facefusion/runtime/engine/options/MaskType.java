package dev.facefusion.runtime.engine.options;

/// A kind of mask.
public enum MaskType {
    /// The crop without its soft edge.
    BOX,
    /// Without what hides the face.
    OCCLUSION,
    /// The hull of some landmarks.
    AREA,
    /// Some of the parts that a face parser names.
    REGION
}

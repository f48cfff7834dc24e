package dev.facefusion.runtime.models;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// What a model is for.
public enum ModelRole {
    /// Finds faces.
    DETECTOR,
    /// Finds the points of a face.
    LANDMARKER,
    /// Tells one person's face from another's.
    RECOGNISER,
    /// Tells age, gender and race.
    CLASSIFIER,
    /// Puts one face onto another.
    SWAPPER,
    /// Makes one swapper's embedding of the recogniser's.
    CONVERTER,
    /// Restores a face.
    ENHANCER,
    /// Says what hides a face.
    OCCLUDER,
    /// Names the parts of a face.
    PARSER;

    /// How manifests and tables spell it.
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}

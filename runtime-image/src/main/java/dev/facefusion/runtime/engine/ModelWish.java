package dev.facefusion.runtime.engine;

import dev.facefusion.runtime.engine.options.FaceOptions;
import dev.facefusion.runtime.models.ModelRole;
import java.util.List;
import java.util.Optional;

/// A model that a task may ask for by name.
///
/// @param option that names it
/// @param name `many` for all that can play the role together, or empty for the preferred one
record ModelWish(String option, ModelRole role, Optional<String> name) {

    static final String MANY = "many";

    static List<ModelWish> of(FaceOptions faces) {
        return List.of(
                new ModelWish("face_detector_model", ModelRole.DETECTOR, faces.detector().model()),
                new ModelWish(
                        "face_landmarker_model", ModelRole.LANDMARKER, faces.landmarker().model()),
                new ModelWish("face_occluder_model", ModelRole.OCCLUDER, faces.mask().occluder()),
                new ModelWish("face_parser_model", ModelRole.PARSER, faces.mask().parser()),
                new ModelWish("face_swapper_model", ModelRole.SWAPPER, faces.swapper().model()),
                new ModelWish("face_enhancer_model", ModelRole.ENHANCER, faces.enhancer().model()));
    }
}

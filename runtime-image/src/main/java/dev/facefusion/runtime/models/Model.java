package dev.facefusion.runtime.models;

/// What is known of a model without its file.
public sealed interface Model permits ListedModel, ModelInfo {

    /// Unique, such as `facemesh_468`; FaceFusion's word for it where it has one.
    String name();

    ModelContract contract();

    default ModelRole role() {
        return contract().role();
    }
}

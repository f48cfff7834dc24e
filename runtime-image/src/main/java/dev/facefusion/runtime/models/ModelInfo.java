package dev.facefusion.runtime.models;

import java.nio.file.Path;

/// A model whose file is intact.
///
/// @param name unique, such as `facemesh_468`; FaceFusion's word for it where it has one
/// @param path of its file
/// @param sha256 digest of the file, 64 lower-case hexadecimal digits
/// @param license SPDX identifier, or the words of whoever gives it
/// @param source where the file was obtained, or who made it
public record ModelInfo(
        String name,
        ModelContract contract,
        Path path,
        String sha256,
        String license,
        CommercialUse commercialUse,
        String source)
        implements Model {}

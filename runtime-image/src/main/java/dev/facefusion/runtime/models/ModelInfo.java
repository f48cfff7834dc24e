package dev.facefusion.runtime.models;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.regex.Pattern;

/// One file of the manifest.
///
/// @param name unique, such as `facemesh_468`
/// @param file path below the model directory
/// @param sha256 digest of the file, 64 lower-case hexadecimal digits
/// @param license SPDX identifier
/// @param source where the file was obtained
public record ModelInfo(
        @JsonProperty(required = true) String name,
        @JsonProperty(required = true) String file,
        @JsonProperty(required = true) String sha256,
        @JsonProperty(required = true) String license,
        @JsonProperty(required = true) String source) {

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    public ModelInfo {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a model's name is blank");
        }
        if (!DIGEST.matcher(sha256).matches()) {
            throw new IllegalArgumentException("the sha256 of " + name + " is not 64 hex digits");
        }
    }
}

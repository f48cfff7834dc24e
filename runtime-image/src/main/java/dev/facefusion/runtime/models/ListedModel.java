package dev.facefusion.runtime.models;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// A model as its directory lists it: whether its file is there and intact is another question.
///
/// @param directory that lists it
/// @param file path below the directory
/// @param sha256 that the file must have, 64 lower-case hexadecimal digits; empty where nobody says
public record ListedModel(
        Path directory,
        String name,
        ModelContract contract,
        String file,
        Optional<String> sha256,
        String license,
        CommercialUse commercialUse,
        String source)
        implements Model {

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    public ListedModel {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a model's name is blank");
        }
        if (sha256.isPresent() && !DIGEST.matcher(sha256.get()).matches()) {
            throw new IllegalArgumentException("the sha256 of " + name + " is not 64 hex digits");
        }
    }

    public Path path() {
        return directory.resolve(file).normalize();
    }

    ModelInfo intact(String digest) {
        return new ModelInfo(name, contract, path(), digest, license, commercialUse, source);
    }
}

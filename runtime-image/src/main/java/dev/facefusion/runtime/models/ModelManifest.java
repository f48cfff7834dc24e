package dev.facefusion.runtime.models;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The list of models of a directory: `models.json`.
record ModelManifest(@JsonProperty(required = true) List<Entry> models) {

    static final String FILE = "models.json";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    ModelManifest {
        models = List.copyOf(models);
        var names = new HashSet<String>();
        for (var model : models) {
            if (!names.add(model.name())) {
                throw new IllegalArgumentException("two models are named " + model.name());
            }
        }
    }

    /// One model as the file has it. Contract, role and commercial use may be left out where the
    /// file's name is one that [KnownModel] knows.
    record Entry(
            @JsonProperty(required = true) String name,
            @JsonProperty(required = true) String file,
            @JsonProperty(required = true) String sha256,
            @JsonProperty(required = true) @JsonAlias("licence") String license,
            @JsonProperty(required = true) String source,
            @Nullable ModelRole role,
            @Nullable ModelContract contract,
            @JsonProperty("commercial_use") @Nullable CommercialUse commercialUse) {

        Entry {
            requireNonNull(name, "a model without a name");
            requireNonNull(file, "a model without a file");
            requireNonNull(sha256, "a model without a sha256");
            requireNonNull(license, "a model without a license");
            requireNonNull(source, "a model without a source");
        }

        ListedModel in(Path directory) {
            var known = KnownModel.ofFile(file);
            var fulfilled =
                    Optional.ofNullable(contract)
                            .or(() -> known.map(KnownModel::contract))
                            .orElseThrow(
                                    () -> new IllegalArgumentException(name + " has no contract"));
            if (role != null && role != fulfilled.role()) {
                throw new IllegalArgumentException(
                        "the role of %s is %s, and its contract is that of a %s"
                                .formatted(name, role.id(), fulfilled.role().id()));
            }
            var use =
                    Optional.ofNullable(commercialUse)
                            .or(() -> known.map(KnownModel::commercialUse))
                            .orElse(CommercialUse.UNKNOWN);
            return new ListedModel(
                    directory, name, fulfilled, file, Optional.of(sha256), license, use, source);
        }
    }

    /// What the directory's manifest lists.
    ///
    /// @throws ModelException if it cannot be read or is none
    static List<ListedModel> read(Path directory) {
        var file = directory.resolve(FILE);
        try {
            return JSON.readValue(Files.readAllBytes(file), ModelManifest.class).models().stream()
                    .map(entry -> entry.in(directory))
                    .toList();
        } catch (JacksonException e) {
            throw bad(file, e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw bad(file, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new ModelException(
                    "%s cannot be read (%s). Check its permissions."
                            .formatted(file, e.getClass().getSimpleName()),
                    e);
        }
    }

    private static ModelException bad(Path file, String why, Exception cause) {
        return new ModelException(
                "%s is not a model manifest: %s. Correct it, or restore it from the distribution."
                        .formatted(file, why),
                cause);
    }
}

package dev.facefusion.runtime.models;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;

/// The list of models of a directory: `models.json`.
public record ModelManifest(@JsonProperty(required = true) List<ModelInfo> models) {

    static final String FILE = "models.json";

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                    .build();

    public ModelManifest {
        models = List.copyOf(models);
        var names = new HashSet<String>();
        for (var model : models) {
            if (!names.add(model.name())) {
                throw new IllegalArgumentException("two models are named " + model.name());
            }
        }
    }

    static ModelManifest read(Path directory) {
        var file = directory.resolve(FILE);
        try {
            return JSON.readValue(Files.readAllBytes(file), ModelManifest.class);
        } catch (JacksonException e) {
            throw new ModelException(
                    "%s is not a model manifest: %s. Restore it from the distribution."
                            .formatted(file, e.getOriginalMessage()),
                    e);
        } catch (IOException e) {
            throw new ModelException(
                    ("%s cannot be read (%s). Point MODEL_DIR at a directory that holds the models"
                                    + " and their manifest.")
                            .formatted(file, e.getClass().getSimpleName()),
                    e);
        }
    }
}

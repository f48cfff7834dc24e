package dev.facefusion.runtime.drift;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facefusion.runtime.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What results are like as long as nothing is wrong.
///
/// @param identitySimilarity mean cosine of a result's face to its source's, -1 to 1
/// @param identityTolerance so much less is drift
/// @param noFaceRatio share of tasks whose pictures show no face, 0 to 1
/// @param noFaceTolerance so much more is drift
@JsonNaming(SnakeCaseStrategy.class)
public record Baseline(
        @JsonProperty(required = true) double identitySimilarity,
        @JsonProperty(required = true) double identityTolerance,
        @JsonProperty(required = true) double noFaceRatio,
        @JsonProperty(required = true) double noFaceTolerance) {

    /// In the directory of the models.
    public static final String FILE = "drift_baseline.json";

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .build();

    public Baseline {
        if (!(Math.abs(identitySimilarity) <= 1)
                || !(identityTolerance > 0)
                || !(noFaceRatio >= 0 && noFaceRatio <= 1)
                || !(noFaceTolerance > 0)) {
            throw new IllegalArgumentException(
                    "a similarity is in -1..1, a ratio in 0..1, a tolerance above 0");
        }
    }

    /// The file, or the one of the models where none is named; empty where the models have none.
    ///
    /// @throws ConfigException if the file is no baseline
    public static Optional<Baseline> read(Optional<Path> named, Path modelDir) {
        var file = named.orElse(modelDir.resolve(FILE));
        if (named.isEmpty() && !Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file), Baseline.class));
        } catch (IOException e) {
            throw new ConfigException(
                    "%s is no drift baseline: %s. Correct it, or leave DRIFT_BASELINE out."
                            .formatted(file, e.getMessage()));
        }
    }
}

package dev.facefusion.runtime.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.facefusion.runtime.drift.DriftFigures;
import org.jspecify.annotations.Nullable;

/// How results are lately, beside how they should be, as it is written. What was not measured, and
/// a baseline that is not there, are left out.
///
/// @param samples swaps whose similarity was measured
/// @param tasks that ended with a picture or without a face
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DriftReport(
        @Nullable Double identitySimilarityMean,
        @Nullable Double identitySimilarityBaseline,
        @Nullable Double noFaceRatio,
        @Nullable Double noFaceBaseline,
        long samples,
        long tasks,
        long windowSeconds) {

    private static final double DIGITS = 10_000;

    static @Nullable DriftReport of(@Nullable DriftFigures figures) {
        if (figures == null) {
            return null;
        }
        var baseline = figures.baseline();
        return new DriftReport(
                rounded(figures.identitySimilarity()),
                baseline == null ? null : rounded(baseline.identitySimilarity()),
                rounded(figures.noFaceRatio()),
                baseline == null ? null : rounded(baseline.noFaceRatio()),
                figures.samples(),
                figures.tasks(),
                figures.window().toSeconds());
    }

    private static @Nullable Double rounded(@Nullable Double value) {
        return value == null ? null : Math.round(value * DIGITS) / DIGITS;
    }
}

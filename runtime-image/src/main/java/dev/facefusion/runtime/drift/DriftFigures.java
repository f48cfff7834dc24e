package dev.facefusion.runtime.drift;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What results are like lately, beside what they should be like.
///
/// @param identitySimilarity mean over the samples; `null` without one
/// @param noFaceRatio over the tasks; `null` without one
/// @param baseline `null` where the models have none: nothing is judged then
/// @param samples swaps whose similarity was measured
/// @param tasks that ended with a picture or without a face
/// @param drifting true from the moment a figure leaves its band until it is well inside again
public record DriftFigures(
        @Nullable Double identitySimilarity,
        @Nullable Double noFaceRatio,
        @Nullable Baseline baseline,
        long samples,
        long tasks,
        Duration window,
        boolean drifting) {}

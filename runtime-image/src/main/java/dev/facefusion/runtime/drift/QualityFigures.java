package dev.facefusion.runtime.drift;

import org.jspecify.annotations.Nullable;

/// Whether the models still do what they did.
///
/// @param selfTest `null` until it ran, and where it is switched off
/// @param drift `null` until the models are read
/// @param nanOutput true for a while after a model gave a task values that are not finite
public record QualityFigures(
        @Nullable SelfTestResult selfTest, @Nullable DriftFigures drift, boolean nanOutput) {

    /// Nothing is known yet.
    public static QualityFigures none() {
        return new QualityFigures(null, null, false);
    }
}

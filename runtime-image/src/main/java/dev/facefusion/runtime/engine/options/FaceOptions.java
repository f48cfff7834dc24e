package dev.facefusion.runtime.engine.options;

import java.util.Optional;

/// Everything that a task may say about its faces.
///
/// @param tracker empty where each frame of a video stands for itself
public record FaceOptions(
        DetectorOptions detector,
        LandmarkerOptions landmarker,
        SelectorOptions selector,
        Optional<TrackerOptions> tracker,
        MaskOptions mask,
        SwapperOptions swapper,
        EnhancerOptions enhancer) {

    public static FaceOptions defaults() {
        return new FaceOptions(
                DetectorOptions.defaults(),
                LandmarkerOptions.defaults(),
                SelectorOptions.defaults(),
                Optional.empty(),
                MaskOptions.defaults(),
                SwapperOptions.defaults(),
                EnhancerOptions.defaults());
    }
}

package dev.facefusion.runtime.engine.options;

/// Everything that a task may say about its faces.
public record FaceOptions(
        DetectorOptions detector,
        LandmarkerOptions landmarker,
        SelectorOptions selector,
        MaskOptions mask,
        SwapperOptions swapper,
        EnhancerOptions enhancer) {

    public static FaceOptions defaults() {
        return new FaceOptions(
                DetectorOptions.defaults(),
                LandmarkerOptions.defaults(),
                SelectorOptions.defaults(),
                MaskOptions.defaults(),
                SwapperOptions.defaults(),
                EnhancerOptions.defaults());
    }
}

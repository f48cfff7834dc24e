package dev.facefusion.runtime.engine.options;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /// The names of models that the options ask for, `many` among them.
    public Set<String> models() {
        return Stream.of(
                        detector.model(),
                        landmarker.model(),
                        mask.occluder(),
                        mask.parser(),
                        swapper.model(),
                        enhancer.model())
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
    }
}

package dev.facefusion.runtime.engine;

import static java.util.Objects.requireNonNull;

import dev.facefusion.runtime.engine.media.OutputFormat;
import dev.facefusion.runtime.engine.options.FaceOptions;
import java.util.HashSet;
import java.util.List;

/// How a task is carried out.
///
/// The source's largest face goes onto the selected faces of the target, by default all, the
/// largest first.
///
/// @param frameProcessors at least one, none twice, run in this order
/// @param blendRatio share of the enhanced face in the result of the enhancer, 0 to 1
/// @param outputQuality of JPEG and WebP, 1 to 100; without meaning for the others
public record SwapOptions(
        List<FrameProcessor> frameProcessors,
        double blendRatio,
        OutputFormat outputFormat,
        int outputQuality,
        FaceOptions faces) {

    /// With every option about faces as it is by default.
    public SwapOptions(
            List<FrameProcessor> frameProcessors,
            double blendRatio,
            OutputFormat outputFormat,
            int outputQuality) {
        this(frameProcessors, blendRatio, outputFormat, outputQuality, FaceOptions.defaults());
    }

    public SwapOptions {
        frameProcessors = List.copyOf(frameProcessors);
        requireNonNull(faces, "faces");
        if (frameProcessors.isEmpty()) {
            throw new IllegalArgumentException("frameProcessors is empty");
        }
        if (new HashSet<>(frameProcessors).size() < frameProcessors.size()) {
            throw new IllegalArgumentException("frameProcessors repeats one: " + frameProcessors);
        }
        if (!(blendRatio >= 0 && blendRatio <= 1)) {
            throw new IllegalArgumentException("blendRatio is not in 0..1: " + blendRatio);
        }
        if (outputQuality < 1 || outputQuality > 100) {
            throw new IllegalArgumentException("outputQuality is not in 1..100: " + outputQuality);
        }
    }

    /// Whether a face of the sources goes onto others.
    public boolean swaps() {
        return frameProcessors.contains(FrameProcessor.FACE_SWAPPER);
    }

    /// A swap without enhancement, as PNG.
    public static SwapOptions defaults() {
        return new SwapOptions(List.of(FrameProcessor.FACE_SWAPPER), 0.8, OutputFormat.PNG, 95);
    }
}

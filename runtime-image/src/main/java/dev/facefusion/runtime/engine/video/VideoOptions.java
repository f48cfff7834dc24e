package dev.facefusion.runtime.engine.video;

import java.util.Optional;
import java.util.OptionalDouble;

/// How a video is written, and which part of it; FaceFusion's options and defaults.
///
/// @param encoder empty for the first one of [VideoEncoder] that this ffmpeg offers
/// @param quality 0 to 100
/// @param scale of width and height, 0.25 to 8
/// @param framesPerSecond 1 to 60; empty for the source's frames at their own times
public record VideoOptions(
        Trim trim,
        Optional<VideoEncoder> encoder,
        VideoPreset preset,
        int quality,
        double scale,
        OptionalDouble framesPerSecond,
        AudioOptions audio) {

    public VideoOptions {
        if (quality < 0 || quality > 100) {
            throw new IllegalArgumentException("quality is not in 0..100: " + quality);
        }
        if (!(scale >= 0.25 && scale <= 8)) {
            throw new IllegalArgumentException("scale is not in 0.25..8: " + scale);
        }
        if (framesPerSecond.isPresent()
                && !(framesPerSecond.getAsDouble() >= 1 && framesPerSecond.getAsDouble() <= 60)) {
            throw new IllegalArgumentException(
                    "framesPerSecond is not in 1..60: " + framesPerSecond.getAsDouble());
        }
    }

    public static VideoOptions defaults() {
        return new VideoOptions(
                new Trim.Whole(),
                Optional.empty(),
                VideoPreset.VERYFAST,
                80,
                1,
                OptionalDouble.empty(),
                AudioOptions.keep());
    }

    public VideoOptions with(Trim other) {
        return new VideoOptions(other, encoder, preset, quality, scale, framesPerSecond, audio);
    }

    public VideoOptions with(AudioOptions other) {
        return new VideoOptions(trim, encoder, preset, quality, scale, framesPerSecond, other);
    }

    VideoOptions atEveryFrame() {
        return new VideoOptions(
                trim, encoder, preset, quality, scale, OptionalDouble.empty(), audio);
    }
}

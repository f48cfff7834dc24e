package dev.facefusion.runtime.engine.media;

import java.util.Optional;

/// How large a picture is, by its header.
public record PictureSize(int width, int height) {

    /// 40 megapixels: 120 MB of RGB.
    static final long MAX_PIXELS = 40_000_000;

    static final int MAX_SIDE = 16_384;

    public long pixels() {
        return (long) width * height;
    }

    /// What stands against decoding it, in one sentence for a person; empty if nothing does.
    public Optional<String> excess() {
        return width > MAX_SIDE || height > MAX_SIDE || pixels() > MAX_PIXELS
                ? Optional.of(
                        "%d x %d pixels are more than %d megapixels, or a side is over %d."
                                .formatted(width, height, MAX_PIXELS / 1_000_000, MAX_SIDE))
                : Optional.empty();
    }
}

package dev.facefusion.runtime.engine.video;

import java.util.Optional;

/// What becomes of the sound.
///
/// @param encoder empty to keep the sound as it is, to the bit, where the container takes it
/// @param quality of an encoder, 0 to 100
/// @param volume percent, 0 to 100; 0 leaves the sound out
public record AudioOptions(Optional<AudioEncoder> encoder, int quality, int volume) {

    public AudioOptions {
        if (quality < 0 || quality > 100) {
            throw new IllegalArgumentException("quality is not in 0..100: " + quality);
        }
        if (volume < 0 || volume > 100) {
            throw new IllegalArgumentException("volume is not in 0..100: " + volume);
        }
    }

    /// The sound as it is.
    public static AudioOptions keep() {
        return new AudioOptions(Optional.empty(), 80, 100);
    }
}

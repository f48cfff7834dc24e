package dev.facefusion.runtime.engine.video;

import java.util.List;
import java.util.Locale;

/// The audio encoders that FaceFusion knows, with its maps from its quality to theirs (3.8.1).
public enum AudioEncoder {
    FLAC,
    AAC,
    LIBMP3LAME,
    LIBOPUS,
    LIBVORBIS,
    PCM_S16LE,
    PCM_S32LE;

    /// ffmpeg's and FaceFusion's name.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @param quality 0 to 100
    List<String> quality(int quality) {
        return switch (this) {
            case AAC -> List.of("-q:a", tenths(0.1 + 0.019 * quality));
            case LIBMP3LAME -> List.of("-q:a", Long.toString((long) Math.rint(9 - 0.09 * quality)));
            case LIBOPUS -> List.of("-b:a", (long) Math.rint(64 + 1.92 * quality) + "k");
            case LIBVORBIS -> List.of("-q:a", tenths(0.11 * quality - 1));
            case FLAC, PCM_S16LE, PCM_S32LE -> List.of();
        };
    }

    private static String tenths(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}

package dev.facefusion.runtime.engine.video;

import java.util.Locale;

/// How long an encoder may think, in x264's words.
public enum VideoPreset {
    ULTRAFAST,
    SUPERFAST,
    VERYFAST,
    FASTER,
    FAST,
    MEDIUM,
    SLOW,
    SLOWER,
    VERYSLOW;

    /// FaceFusion's and x264's name.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

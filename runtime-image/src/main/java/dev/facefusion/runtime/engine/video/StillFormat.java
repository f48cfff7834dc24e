package dev.facefusion.runtime.engine.video;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// The pictures that become a video.
public enum StillFormat {
    PNG,
    JPEG,
    WEBP,
    BMP;

    /// By the ending of a file's name; empty for an ending that is none of these.
    public static Optional<StillFormat> of(Path file) {
        var name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "png" -> Optional.of(PNG);
            case "jpg", "jpeg" -> Optional.of(JPEG);
            case "webp" -> Optional.of(WEBP);
            case "bmp" -> Optional.of(BMP);
            default -> Optional.empty();
        };
    }

    /// ffmpeg's name of it as a stream of one after the other.
    String demuxer() {
        return name().toLowerCase(Locale.ROOT) + "_pipe";
    }
}

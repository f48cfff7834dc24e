package dev.facefusion.runtime.engine.video;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The pictures that become a video, by the ending of their names.
public enum StillFormat {
    PNG("png"),
    JPEG("jpeg", "jpg"),
    WEBP("webp"),
    BMP("bmp"),
    TIFF("tiff", "tif");

    private final java.util.List<String> endings;

    StillFormat(String... endings) {
        this.endings = java.util.List.of(endings);
    }

    /// Empty for an ending that is none of a picture.
    public static Optional<StillFormat> of(Path file) {
        var name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        var ending = name.substring(name.lastIndexOf('.') + 1);
        return Stream.of(values()).filter(one -> one.endings.contains(ending)).findFirst();
    }

    /// ffmpeg's name of it as a stream.
    String demuxer() {
        return endings.getFirst() + "_pipe";
    }
}

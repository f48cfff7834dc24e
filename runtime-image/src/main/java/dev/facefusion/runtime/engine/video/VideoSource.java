package dev.facefusion.runtime.engine.video;

import dev.facefusion.runtime.engine.media.ffmpeg.Rational;
import java.nio.file.Path;
import java.util.List;

/// Where frames come from.
public sealed interface VideoSource {

    /// A video, GIF or animated PNG.
    record File(Path path) implements VideoSource {}

    /// Still pictures, one after the other, all of one format and size.
    ///
    /// @param files in order, at least one
    /// @param rate pictures in a second
    record Pictures(List<Path> files, Rational rate) implements VideoSource {

        public Pictures {
            files = List.copyOf(files);
            if (files.isEmpty()) {
                throw new IllegalArgumentException("files is empty");
            }
            if (files.stream().map(StillFormat::of).distinct().count() > 1
                    || StillFormat.of(files.getFirst()).isEmpty()) {
                throw new IllegalArgumentException(
                        "the pictures' names do not all end in the same of png, jpg, webp, bmp");
            }
        }

        StillFormat format() {
            return StillFormat.of(files.getFirst()).orElseThrow();
        }
    }
}

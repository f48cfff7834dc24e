package dev.facefusion.sdk;

import dev.facefusion.runtime.engine.media.OutputFormat;
import dev.facefusion.runtime.engine.video.Container;
import dev.facefusion.runtime.option.BadOptionException;
import java.nio.file.Path;
import java.util.Locale;

/// What the ending of an output's name says that it is.
sealed interface OutputKind {

    record Picture(OutputFormat format) implements OutputKind {

        /// Whether the format has a place for XMP.
        boolean carriesXmp() {
            return switch (format) {
                case PNG, JPEG, WEBP, TIFF -> true;
                case BMP -> false;
            };
        }
    }

    record Video(Container container) implements OutputKind {

        /// Whether the container has a place for XMP.
        boolean carriesXmp() {
            return switch (container) {
                case MP4, M4V, MOV -> true;
                case AVI, MKV, MPEG, MXF, WEBM, WMV -> false;
            };
        }
    }

    /// What the file's ending asks for.
    ///
    /// @throws BadOptionException if it says nothing
    static OutputKind of(Path output) {
        var name = output.toString().toLowerCase(Locale.ROOT);
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "png" -> new Picture(OutputFormat.PNG);
            case "jpg", "jpeg" -> new Picture(OutputFormat.JPEG);
            case "webp" -> new Picture(OutputFormat.WEBP);
            case "tif", "tiff" -> new Picture(OutputFormat.TIFF);
            case "bmp" -> new Picture(OutputFormat.BMP);
            default ->
                    new Video(
                            Container.of(output)
                                    .orElseThrow(() ->
                                            new BadOptionException(
                                                    "output",
                                                    "a file that ends in .png, .jpg, .webp, .tiff or"
                                                            + " .bmp, or in .mp4, .mov, .mkv, .webm, .avi, .m4v,"
                                                            + " .mpeg, .mxf or .wmv")));
        };
    }
}

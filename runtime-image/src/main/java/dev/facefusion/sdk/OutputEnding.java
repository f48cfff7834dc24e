package dev.facefusion.sdk;

import dev.facefusion.runtime.engine.media.OutputFormat;
import dev.facefusion.runtime.option.BadOptionException;
import java.nio.file.Path;
import java.util.Locale;

/// What the ending of an output's name says about its format.
final class OutputEnding {

    private OutputEnding() {}

    /// @throws BadOptionException if it says nothing
    static OutputFormat of(Path output) {
        var name = output.toString().toLowerCase(Locale.ROOT);
        var ending = name.substring(name.lastIndexOf('.') + 1);
        return switch (ending) {
            case "png" -> OutputFormat.PNG;
            case "jpg", "jpeg" -> OutputFormat.JPEG;
            default ->
                    throw new BadOptionException(
                            "output", "a file that ends in .png, .jpg or .jpeg");
        };
    }
}

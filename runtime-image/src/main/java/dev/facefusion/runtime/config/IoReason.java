package dev.facefusion.runtime.config;

import java.io.IOException;
import java.nio.file.FileSystemException;

/// Why a file could not be read or written, in a few words.
public final class IoReason {

    private IoReason() {}

    /// What the operating system said, such as "No space left on device", or else the name of the
    /// exception, such as `NoSuchFileException`. Without the file's name, which those who know it
    /// write themselves.
    public static String of(IOException exception) {
        var said =
                exception instanceof FileSystemException ofFile
                        ? ofFile.getReason()
                        : exception.getMessage();
        return said == null ? exception.getClass().getSimpleName() : said;
    }
}

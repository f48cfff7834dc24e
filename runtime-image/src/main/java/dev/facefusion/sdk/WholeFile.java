package dev.facefusion.sdk;

import dev.facefusion.runtime.config.IoReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A file that is there whole, or not at all.
final class WholeFile {

    private WholeFile() {}

    /// @throws UncheckedIOException naming the file, if it cannot be written
    static void write(Path file, byte[] content) {
        var part = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            Files.write(part, content);
            // Of POSIX: replaces a file, and no folder, not even an empty one.
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "%s cannot be written (%s)".formatted(file, IoReason.of(e)), e);
        } finally {
            remove(part);
        }
    }

    private static void remove(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException _) {
            // it is hidden, and the next attempt overwrites it
        }
    }
}

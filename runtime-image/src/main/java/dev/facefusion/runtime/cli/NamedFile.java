package dev.facefusion.runtime.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files as named on the command line.
final class NamedFile {

    private NamedFile() {}

    /// The file itself, once it is sure that it can be read.
    static Path readable(Path file) {
        try (var content = Files.newInputStream(file)) {
            var _ = content.read(); // a directory can be opened, and fails here
            return file;
        } catch (IOException e) {
            throw failed(file, "read", e);
        }
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw failed(file, "read", e);
        }
    }

    static void write(Path file, byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw failed(file, "written", e);
        }
    }

    static CommandException failed(Path file, String verb, IOException cause) {
        return new CommandException(
                ExitCode.FILE_ERROR,
                "%s cannot be %s (%s). Check the path and its permissions."
                        .formatted(file, verb, cause.getClass().getSimpleName()));
    }
}

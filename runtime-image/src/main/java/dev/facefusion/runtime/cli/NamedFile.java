package dev.facefusion.runtime.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files as named on the command line.
final class NamedFile {

    private NamedFile() {}

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

    private static CommandException failed(Path file, String verb, IOException cause) {
        return new CommandException(
                ExitCode.FILE_ERROR,
                "%s cannot be %s (%s). Check the path and its permissions."
                        .formatted(file, verb, cause.getClass().getSimpleName()));
    }
}

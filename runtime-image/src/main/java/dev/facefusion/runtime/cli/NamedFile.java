package dev.facefusion.runtime.cli;

import dev.facefusion.runtime.config.IoReason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

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

    /// That a result may lie under that name, as far as it can be known before.
    ///
    /// @param inputs none of which it may be
    static void writable(Path file, List<Path> inputs) {
        var folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) {
            throw failed(file, "written", new FileSystemException(null, null, "it is a folder"));
        }
        if (folder != null && !Files.isWritable(folder)) {
            throw failed(
                    file,
                    "written",
                    Files.exists(folder)
                            ? new AccessDeniedException(folder.toString())
                            : new NoSuchFileException(folder.toString()));
        }
        inputs.stream()
                .filter(input -> isSame(input, file))
                .findFirst()
                .ifPresent(input -> {
                    throw new CommandException(
                            ExitCode.USAGE,
                            "%s would be overwritten by its result. Use another --output."
                                    .formatted(input));
                });
    }

    private static boolean isSame(Path input, Path output) {
        try {
            return Files.exists(output) && Files.isSameFile(input, output);
        } catch (IOException e) {
            throw failed(output, "written", e);
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
                "%s cannot be %s (%s). Check the path, its permissions, and the room on the disk."
                        .formatted(file, verb, IoReason.of(cause)));
    }
}

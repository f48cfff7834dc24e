package dev.facefusion.runtime.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The items of a batch: the pictures and videos of a folder, or the lines of a list.
final class BatchPlan {

    private static final Set<String> ENDINGS =
            Set.of(
                    "png", "jpg", "jpeg", "webp", "mp4", "mov", "m4v", "mkv", "webm", "avi", "mxf",
                    "wmv");

    private BatchPlan() {}

    /// The items in their order: of a folder by name, of a list as it has them. Each result bears
    /// its target's name.
    ///
    /// @param targets a folder, or a text file with the path of one target a line; relative ones
    ///   start where the list is, blank lines and those that begin with `#` do not count
    /// @param outputs the folder of the results
    /// @throws CommandException if there is no item, or two would have one result
    static List<BatchItem> of(Path targets, Path outputs) {
        var files = Files.isDirectory(targets) ? inFolder(targets) : inList(targets);
        if (files.isEmpty()) {
            throw new CommandException(
                    ExitCode.BAD_INPUT, "%s names no picture and no video.".formatted(targets));
        }
        var byOutput = new HashMap<Path, Path>();
        for (var file : files) {
            var output = outputs.resolve(file.getFileName());
            var other = byOutput.put(output, file);
            if (other != null) {
                throw new CommandException(
                        ExitCode.USAGE,
                        "%s and %s would both become %s. Give them different names, or batches of their own."
                                .formatted(other, file, output));
            }
            if (output.toAbsolutePath().normalize().equals(file.toAbsolutePath().normalize())) {
                throw new CommandException(
                        ExitCode.USAGE,
                        "%s would be overwritten by its result. Use another --output."
                                .formatted(file));
            }
        }
        return files.stream()
                .map(file -> new BatchItem(file, outputs.resolve(file.getFileName())))
                .toList();
    }

    private static List<Path> inFolder(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> ENDINGS.contains(ending(file)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw NamedFile.failed(folder, "read", e);
        }
    }

    private static List<Path> inList(Path list) {
        try {
            return Files.readAllLines(list).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(list::resolveSibling)
                    .toList();
        } catch (IOException e) {
            throw NamedFile.failed(list, "read", e);
        }
    }

    private static String ending(Path file) {
        var name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('.') + 1);
    }
}

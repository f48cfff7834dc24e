package dev.facefusion.runtime.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// A file by which the kernel tells figures. What is absent, unreadable or of another form is
/// empty: kernels differ in what they have.
record KernelFile(Path path) {

    List<String> lines() {
        try {
            return Files.readAllLines(path);
        } catch (IOException e) {
            return List.of();
        }
    }

    /// The whole content, without the line end.
    Optional<String> text() {
        var lines = lines();
        return lines.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", lines).strip());
    }

    /// The file's only number; empty for a word such as `max`.
    OptionalLong number() {
        return text().map(KernelFile::parse).orElse(OptionalLong.empty());
    }

    /// The number after a key, of a file with one key and number a line.
    OptionalLong entry(String key) {
        return lines().stream()
                .filter(line -> line.startsWith(key + " "))
                .map(line -> parse(line.substring(key.length() + 1)))
                .findFirst()
                .orElse(OptionalLong.empty());
    }

    /// The share of the last ten seconds in which some task waited for the resource, in percent, of
    /// a pressure file:
    ///
    /// ```
    /// some avg10=2.34 avg60=17.27 avg300=14.88 total=6116709064
    /// ```
    OptionalDouble pressure() {
        return lines().stream()
                .filter(line -> line.startsWith("some "))
                .flatMap(line -> List.of(line.split(" ", -1)).stream())
                .filter(word -> word.startsWith("avg10="))
                .mapToDouble(word -> Double.parseDouble(word.substring("avg10=".length())))
                .findFirst();
    }

    private static OptionalLong parse(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}

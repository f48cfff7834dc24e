package dev.facefusion.runtime.models;

import dev.facefusion.runtime.config.ConfigException;
import dev.facefusion.runtime.config.Environment;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The directories that models are taken from. The first that has a model of a name, or the first
/// of a role, is the one that is meant.
///
/// @param directories at least one
public record ModelPath(List<Path> directories) {

    public static final String VARIABLE = "MODEL_DIR";
    private static final String ALIAS = "MODELS_DIR";

    /// Stands for the directory of the models that come with the runtime.
    private static final String BUNDLED = "bundled";

    public ModelPath {
        directories = List.copyOf(directories);
        if (directories.isEmpty()) {
            throw new IllegalArgumentException("a model path without a directory");
        }
    }

    public static ModelPath of(Path directory) {
        return new ModelPath(List.of(directory));
    }

    /// What the environment asks for; the bundled models where it says nothing.
    ///
    /// @throws ConfigException if the variable cannot be used, or is set under both of its names
    ///   and differs
    public static ModelPath from(Environment environment, Path bundled) {
        var text = environment.text(VARIABLE);
        var alias = environment.text(ALIAS);
        if (text.isPresent() && alias.isPresent() && !text.equals(alias)) {
            throw new ConfigException(
                    "%s is \"%s\" and %s is \"%s\". Set one of them."
                            .formatted(VARIABLE, text.get(), ALIAS, alias.get()));
        }
        return text.or(() -> alias).map(list -> parse(list, bundled)).orElseGet(() -> of(bundled));
    }

    /// A comma-separated list of directories, among which the word `bundled` may be.
    ///
    /// @throws ConfigException if an item is no path
    public static ModelPath parse(String list, Path bundled) {
        return new ModelPath(
                Arrays.stream(list.split(",", -1))
                        .map(String::strip)
                        .map(item -> item.equals(BUNDLED) ? bundled : directory(item))
                        .toList());
    }

    private static Path directory(String item) {
        try {
            if (!item.isEmpty()) {
                return Path.of(item);
            }
        } catch (InvalidPathException _) {
            // said below
        }
        throw new ConfigException(
                "%s names \"%s\". Set it to directories separated by commas; %s is the one of the bundled models."
                        .formatted(VARIABLE, item, BUNDLED));
    }

    /// The first directory: what it says about all of its models counts.
    public Path first() {
        return directories.getFirst();
    }

    /// The first file of that name in any of the directories.
    public Optional<Path> find(String file) {
        return directories.stream()
                .map(directory -> directory.resolve(file))
                .filter(Files::exists)
                .findFirst();
    }
}

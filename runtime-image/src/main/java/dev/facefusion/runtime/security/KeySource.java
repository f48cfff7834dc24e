package dev.facefusion.runtime.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.facefusion.runtime.config.ConfigException;
import dev.facefusion.runtime.config.Environment;
import java.nio.file.Path;
import java.util.Optional;

/// Where the keys of the task API are.
public sealed interface KeySource {

    /// In a file, which may change while the runtime runs.
    record InFile(Path file) implements KeySource {}

    /// In a variable, as lines like the file's: for where no file can be mounted.
    record Given(ApiKeys keys) implements KeySource {}

    /// What the variables name, if anything.
    ///
    /// @throws ConfigException if both are set, or the keys cannot be used
    static Optional<KeySource> from(Environment environment) {
        var file = environment.path("API_KEYS_FILE");
        var lines = environment.text("API_KEYS");
        if (file.isPresent() && lines.isPresent()) {
            throw new ConfigException(
                    "API_KEYS and API_KEYS_FILE are both set. Set one: the file can change while the runtime runs.");
        }
        return file.<KeySource>map(InFile::new).or(() -> lines.map(KeySource::given));
    }

    private static Given given(String lines) {
        try {
            return new Given(ApiKeys.parse(lines.getBytes(UTF_8)));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(
                    "API_KEYS cannot be used: %s. Set it to lines as facefusion keys new makes them."
                            .formatted(e.getMessage()));
        }
    }
}

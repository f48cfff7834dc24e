package dev.facefusion.runtime.models;

import dev.facefusion.runtime.config.ConfigException;
import dev.facefusion.runtime.config.Environment;
import java.nio.file.Path;

/// Which models are used.
public record ModelSettings(ModelPath path, LicencePolicy policy) {

    /// Whatever the directory has.
    public static ModelSettings of(Path directory) {
        return new ModelSettings(ModelPath.of(directory), LicencePolicy.ANY);
    }

    /// What the environment asks for.
    ///
    /// @param bundled directory of the models that come with the runtime
    /// @throws ConfigException if a variable cannot be used
    public static ModelSettings from(Environment environment, Path bundled) {
        return new ModelSettings(
                ModelPath.from(environment, bundled), LicencePolicy.from(environment));
    }

    /// With other directories.
    public ModelSettings with(ModelPath other) {
        return new ModelSettings(other, policy);
    }
}

package dev.facefusion.runtime.models;

import dev.facefusion.runtime.config.ConfigException;
import dev.facefusion.runtime.config.Environment;
import java.nio.file.Path;

/// Which models are used.
///
/// @param reloadAtOnce when others take their place, how many engines at most are opened before the
///   first of them serves; at least 1
public record ModelSettings(ModelPath path, LicencePolicy policy, int reloadAtOnce) {

    private static final int ALL = 64;

    /// With no limit to a reload.
    public ModelSettings(ModelPath path, LicencePolicy policy) {
        this(path, policy, ALL);
    }

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
                ModelPath.from(environment, bundled),
                LicencePolicy.from(environment),
                environment.number("MODEL_RELOAD_AT_ONCE", ALL, 1, ALL));
    }

    /// With other directories.
    public ModelSettings with(ModelPath other) {
        return new ModelSettings(other, policy, reloadAtOnce);
    }
}

package dev.facefusion.runtime.plugin;

import dev.facefusion.runtime.config.Environment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// How health plug-ins are found and asked.
///
/// @param directory whose jars are searched; empty to search the class path only
/// @param timeout of one call
/// @param period from the end of a call to the next
/// @param own finds the settings of a plug-in itself; not a map, so that printing this record tells
///   no secret of the environment
public record PluginSettings(
        Optional<Path> directory,
        Duration timeout,
        Duration period,
        Function<String, Optional<String>> own) {

    /// The settings of the environment.
    ///
    /// @throws dev.facefusion.runtime.config.ConfigException for the first variable that cannot be
    ///   used
    public static PluginSettings from(Environment environment) {
        return new PluginSettings(
                environment.path("PLUGIN_DIR"),
                environment.seconds("PLUGIN_TIMEOUT_SECONDS", 2),
                environment.seconds("PLUGIN_PERIOD_SECONDS", 10),
                environment::text);
    }
}

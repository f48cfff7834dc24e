package dev.facefusion.sdk;

import static java.util.stream.Collectors.joining;

import dev.facefusion.runtime.config.Environment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// What an engine is opened with. It never changes; every method gives another one.
///
/// @param settings the variables that `facefusion serve --help` lists, of which the server's own
///   are without effect here
public record Setup(Map<String, String> settings) {

    public Setup {
        settings = Map.copyOf(settings);
    }

    /// The bundled models on the CPU, and everything else as it is by default.
    public static Setup bundled() {
        return new Setup(Map.of());
    }

    /// What the variables of this process ask for.
    public static Setup fromEnvironment() {
        return new Setup(Environment.ofProcess().variables());
    }

    /// Models of these directories, the preferred one first. Only what they hold is used: name the
    /// bundled models' directory as the last one to fall back on them.
    public Setup models(Path... directories) {
        return setting(
                "MODEL_DIR", Arrays.stream(directories).map(Path::toString).collect(joining(",")));
    }

    /// The execution providers, `cuda`, `tensorrt` or `cpu`, the preferred one first.
    public Setup executionProviders(String... providers) {
        return setting("EXECUTION_PROVIDERS", String.join(",", providers));
    }

    /// CPU threads for the models, 1 to 256.
    public Setup executionThreads(int threads) {
        return setting("EXECUTION_THREADS", Integer.toString(threads));
    }

    /// One variable.
    public Setup setting(String name, String value) {
        var more = new TreeMap<>(settings);
        more.put(name, value);
        return new Setup(more);
    }

    /// The same as the runtime reads it.
    public Environment environment() {
        return new Environment(settings);
    }
}

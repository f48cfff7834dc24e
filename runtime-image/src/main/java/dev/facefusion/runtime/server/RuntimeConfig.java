package dev.facefusion.runtime.server;

import dev.facefusion.runtime.engine.session.ExecutionProvider;
import dev.facefusion.runtime.engine.session.ExecutionSettings;
import dev.facefusion.runtime.queue.TaskQueue;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// The settings of a runtime, read once from the environment.
///
/// @param apiPort of the tasks; 0 for any free one
/// @param healthPort of health and metrics; 0 for any free one
/// @param modelDir holds `models.json` and the files it names
/// @param stallThreshold how long a running task may go without progress
/// @param drainTimeout how long accepted tasks may take to finish when the process ends
/// @param taskTimeout how long a client waits at most, in the queue and for the engine
/// @param maxBodyBytes of one request
public record RuntimeConfig(
        int apiPort,
        int healthPort,
        ExecutionSettings execution,
        TaskQueue.Limits tasks,
        Path modelDir,
        Duration stallThreshold,
        Duration drainTimeout,
        Duration taskTimeout,
        long maxBodyBytes) {

    private static final long MEBIBYTE = 1024L * 1024;
    // One array holds a body.
    private static final int MAX_BODY_MEGABYTES = 1024;
    private static final int MAX_PORT = 65_535;

    /// The settings of this process.
    ///
    /// @throws ConfigException for the first variable that cannot be used
    public static RuntimeConfig fromEnvironment() {
        return from(System.getenv());
    }

    static RuntimeConfig from(Map<String, String> environment) {
        var read = new Reader(environment);
        var config =
                new RuntimeConfig(
                        read.number("API_PORT", 8000, 0, MAX_PORT),
                        read.number("HEALTH_PORT", 8080, 0, MAX_PORT),
                        new ExecutionSettings(
                                read.providers(), read.number("EXECUTION_THREADS", 4, 1, 256)),
                        new TaskQueue.Limits(
                                read.number("QUEUE_CAPACITY", 32, 1, 10_000),
                                read.number("CONCURRENCY", 1, 1, 64)),
                        read.modelDir(),
                        read.seconds("STALL_THRESHOLD_SECONDS", 120),
                        read.seconds("DRAIN_TIMEOUT_SECONDS", 100),
                        read.seconds("TASK_TIMEOUT_SECONDS", 300),
                        read.number("MAX_BODY_MEGABYTES", 64, 1, MAX_BODY_MEGABYTES) * MEBIBYTE);
        read.oneOf("LOG_FORMAT", List.of("json", "text")); // used before this is read
        if (config.apiPort() == config.healthPort() && config.apiPort() != 0) {
            throw new ConfigException(
                    "API_PORT and HEALTH_PORT are both %d. Give each a port of its own."
                            .formatted(config.apiPort()));
        }
        return config;
    }

    /// The variables of one environment; every method names the one it rejects.
    private record Reader(Map<String, String> environment) {

        private String text(String name, String otherwise) {
            var value = environment.getOrDefault(name, "").strip();
            return value.isEmpty() ? otherwise : value;
        }

        private int number(String name, int otherwise, int min, int max) {
            var text = text(name, Integer.toString(otherwise));
            try {
                var number = Integer.parseInt(text);
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException _) {
                // said below, together with a number out of range
            }
            throw new ConfigException(
                    "%s is \"%s\". Set it to a whole number from %d to %d, or leave it out for %d."
                            .formatted(name, text, min, max, otherwise));
        }

        private Duration seconds(String name, int otherwise) {
            return Duration.ofSeconds(number(name, otherwise, 1, 86_400));
        }

        private String oneOf(String name, List<String> values) {
            var text = text(name, values.getFirst());
            if (!values.contains(text)) {
                throw new ConfigException(
                        "%s is \"%s\". Set it to one of %s, or leave it out for %s."
                                .formatted(
                                        name, text, String.join(", ", values), values.getFirst()));
            }
            return text;
        }

        private List<ExecutionProvider> providers() {
            var text = text("EXECUTION_PROVIDERS", "cpu");
            var known =
                    Arrays.stream(ExecutionProvider.values())
                            .collect(Collectors.toMap(ExecutionProvider::id, provider -> provider));
            var ids = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
            if (!known.keySet().containsAll(ids) || ids.stream().distinct().count() < ids.size()) {
                throw new ConfigException(
                        ("EXECUTION_PROVIDERS is \"%s\". Set it to a comma-separated list of %s,"
                                        + " the preferred one first and none twice.")
                                .formatted(text, known.keySet().stream().sorted().toList()));
            }
            return ids.stream().map(id -> Objects.requireNonNull(known.get(id))).toList();
        }

        private Path modelDir() {
            var text = text("MODEL_DIR", "");
            return text.isEmpty() ? bundledModels() : Path.of(text);
        }

        // The directory `models` beside the one that this code was loaded from: `/app/lib` has
        // `/app/models`, and a build's `target` has the sources' `models`.
        private static Path bundledModels() {
            try {
                var code =
                        Path.of(
                                RuntimeConfig.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .toURI());
                return code.resolveSibling("../models").normalize();
            } catch (URISyntaxException e) {
                throw new ConfigException(
                        "The bundled models cannot be located. Set MODEL_DIR to their directory.");
            }
        }
    }
}

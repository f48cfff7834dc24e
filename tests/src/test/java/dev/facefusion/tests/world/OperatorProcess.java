package dev.facefusion.tests.world;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The operator as a process of this machine, which can be killed.
final class OperatorProcess implements AutoCloseable {
    private static final Path MODULE = Path.of("../operator/target");
    private static final Path CACHE = Tools.FOLDER.resolve("operator.aot");
    private static final int TAIL = 30;
    private static final String IMAGE = "facefusion-runtime:";
    private static final List<String> OPTIONS =
            List.of(
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx384m",
                    "-Xlog:aot=off",
                    "--enable-native-access=ALL-UNNAMED");

    private final Process process;
    private final String name;

    /// What an operator is told.
    ///
    /// @param name also its identity as a leader
    /// @param home the namespace of its lease
    /// @param version of its default runtime image
    record Settings(
            String name,
            String home,
            Collection<String> namespaces,
            String version,
            Path kubeConfig,
            Path token) {
        private Map<String, String> environment() {
            var environment = new LinkedHashMap<String, String>();
            environment.put("KUBECONFIG", kubeConfig.toString());
            environment.put("WATCH_NAMESPACES", String.join(",", namespaces));
            environment.put("RUNTIME_IMAGE", IMAGE + version);
            environment.put("LEADER_ELECTION", "true");
            environment.put("POD_NAME", name);
            environment.put("POD_NAMESPACE", home);
            environment.put("SERVICE_ACCOUNT", "facefusion-operator");
            environment.put("RUNTIME_TOKEN_FILE", token.toString());
            environment.put("MANAGEMENT_PORT", "0");
            environment.put("LOG_FORMAT", "text");
            return environment;
        }
    }

    OperatorProcess(Settings settings) {
        name = settings.name();
        process = start(name, settings.environment(), "-XX:AOTCache=" + CACHE);
    }

    /// Prepares what all operators start from: a fraction of the time that a Java takes to load
    /// their classes. Blocks until it is there.
    static void train() {
        try {
            // One of other classes would be believed.
            Files.deleteIfExists(CACHE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var training = start("training", Map.of(), "-XX:AOTCacheOutput=" + CACHE, "--train");
        if (training.onExit().join().exitValue() != 0) {
            throw new IllegalStateException("the operator's training failed\n" + tail("training"));
        }
    }

    private static Process start(
            String log, Map<String, String> environment, String cache, String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.add(cache);
        command.addAll(List.of("-cp", classPath(), "dev.facefusion.operator.OperatorMain"));
        command.addAll(List.of(arguments));
        return Tools.start(
                log,
                environment,
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log(log).toFile())));
    }

    private static Path log(String name) {
        return Tools.FOLDER.resolve(name + ".log");
    }

    private static String tail(String name) {
        try {
            var lines = Files.readAllLines(log(name));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String classPath() {
        try (var jars = Files.list(MODULE);
                var libraries = Files.list(MODULE.resolve("lib"))) {
            return Stream.concat(jars, libraries)
                    .map(Path::toString)
                    .filter(path -> path.endsWith(".jar"))
                    .sorted()
                    .collect(Collectors.joining(File.pathSeparator));
        } catch (IOException e) {
            throw new UncheckedIOException("the operator's jars are not packed", e);
        }
    }

    String name() {
        return name;
    }

    /// Whether it lives, and the end of its log.
    String lastWords() {
        var state =
                process.isAlive()
                        ? "is running"
                        : "ended with code %d".formatted(process.exitValue());
        return "%s %s; its log ends with:%n%s".formatted(name, state, tail(name));
    }

    /// As kill -9 does.
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        process.destroy();
    }
}

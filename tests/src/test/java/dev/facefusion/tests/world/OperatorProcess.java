package dev.facefusion.tests.world;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The operator as a process of this machine, which can be killed.
final class OperatorProcess implements AutoCloseable {
    private static final Path MODULE = Path.of("../operator/target");
    private static final String IMAGE = "facefusion-runtime:";

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
            Path kubeConfig) {
        private Map<String, String> environment() {
            var environment = new LinkedHashMap<String, String>();
            environment.put("KUBECONFIG", kubeConfig.toString());
            environment.put("WATCH_NAMESPACES", String.join(",", namespaces));
            environment.put("RUNTIME_IMAGE", IMAGE + version);
            environment.put("LEADER_ELECTION", "true");
            environment.put("POD_NAME", name);
            environment.put("POD_NAMESPACE", home);
            environment.put("SERVICE_ACCOUNT", "facefusion-operator");
            environment.put("MANAGEMENT_PORT", "0");
            environment.put("LOG_FORMAT", "text");
            return environment;
        }
    }

    OperatorProcess(Settings settings) {
        name = settings.name();
        process =
                Tools.start(
                        name,
                        settings.environment(),
                        new ProcessBuilder(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-XX:+UseSerialGC",
                                        "-XX:TieredStopAtLevel=1",
                                        "-Xmx384m",
                                        "--enable-native-access=ALL-UNNAMED",
                                        "-cp",
                                        classPath(),
                                        "dev.facefusion.operator.OperatorMain")
                                .redirectOutput(
                                        ProcessBuilder.Redirect.appendTo(
                                                Tools.FOLDER.resolve(name + ".log").toFile())));
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

    /// As kill -9 does.
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        process.destroy();
    }
}

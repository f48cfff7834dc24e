package dev.facefusion.tests.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;

/// The process that plays the nodes: their leases, the addresses of their pods, and the end of a
/// pod once its container has ended.
final class Kwok implements AutoCloseable {
    /// Nodes that it keeps bear this annotation.
    static final Map<String, String> ANNOTATION = Map.of("kwok.x-k8s.io/node", "fake");

    private final Process process;

    Kwok(Tools tools, Path kubeConfig) {
        Path stages = Tools.FOLDER.resolve("kwok.yaml");
        try (var file = Objects.requireNonNull(Kwok.class.getResourceAsStream("/kwok.yaml"))) {
            Files.copy(file, stages, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + stages, e);
        }
        process =
                Tools.start(
                        "kwok",
                        Map.of(),
                        new ProcessBuilder(
                                        tools.kwok(),
                                        "--kubeconfig=" + kubeConfig,
                                        "--config=" + stages.toAbsolutePath(),
                                        "--manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake",
                                        "--node-lease-duration-seconds=40",
                                        "--node-ip=127.0.0.1")
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD));
    }

    @Override
    public void close() {
        process.destroy();
    }
}

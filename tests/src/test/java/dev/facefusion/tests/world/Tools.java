package dev.facefusion.tests.world;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// What a run needs besides Java, told by system property or environment variable.
///
/// @param k3sImage `K3S_IMAGE`: the Kubernetes to play on
/// @param kwok `KWOK`: the program that keeps the nodes
/// @param kstatus `KSTATUS`: the program that reads a resource as GitOps tools do
record Tools(String k3sImage, String kwok, String kstatus) {
    static final Path FOLDER = Path.of("target/scenarios");

    static Tools read() {
        return new Tools(
                setting("K3S_IMAGE", "rancher/k3s:v1.34.4-k3s1"),
                setting("KWOK", "kwok"),
                setting("KSTATUS", "kstatus"));
    }

    private static String setting(String name, String standard) {
        return System.getProperty(name, System.getenv().getOrDefault(name, standard));
    }

    /// A token file beside the kubeconfig: the simulated pods ask for a token, and take any.
    static Path token(Path kubeConfig) {
        try {
            return Files.writeString(kubeConfig.resolveSibling("runtime-token"), "any");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts a process that writes its errors to a file of its own.
    static Process start(String log, Map<String, String> environment, ProcessBuilder builder) {
        try {
            Files.createDirectories(FOLDER);
            File file = FOLDER.resolve(log + ".log").toFile();
            builder.environment().putAll(environment);
            Process process = builder.redirectError(ProcessBuilder.Redirect.appendTo(file)).start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot start %s: dev/verify prepares it".formatted(builder.command()), e);
        }
    }
}

package dev.facefusion.tests.cluster;

import java.io.IOException;
import java.nio.file.Path;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.MountableFile;

/// The machine that the cluster's pods run on: a container itself.
final class Node {
    private final K3sContainer container;

    Node(K3sContainer container) {
        this.container = container;
    }

    /// Runs a command to its end.
    void run(String... command) {
        try {
            ExecResult result = container.execInContainer(command);
            if (result.getExitCode() != 0) {
                throw new IllegalStateException(
                        "%s failed on the node: %s".formatted(command[0], result.getStderr()));
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot run %s on the node".formatted(command[0]), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + command[0], e);
        }
    }

    /// Copies a file, or a folder's content.
    void copy(Path from, String to) {
        container.copyFileToContainer(MountableFile.forHostPath(from), to);
    }
}

package dev.facefusion.tests.cluster;

import java.io.IOException;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.k3s.K3sContainer;

/// The container runtime below the cluster's kubelet.
final class Containerd {
    private final K3sContainer node;

    Containerd(K3sContainer node) {
        this.node = node;
    }

    /// Kills a container's process by SIGKILL.
    void kill(String container) {
        try {
            ExecResult result =
                    node.execInContainer(
                            "ctr",
                            "--address=/run/k3s/containerd/containerd.sock",
                            "--namespace=k8s.io",
                            "task",
                            "kill",
                            "--signal=SIGKILL",
                            container);
            if (result.getExitCode() != 0) {
                throw new IllegalStateException("cannot kill a container: " + result.getStderr());
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot kill a container", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while killing a container", e);
        }
    }
}

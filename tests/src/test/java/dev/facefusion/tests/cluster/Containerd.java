package dev.facefusion.tests.cluster;

/// The container runtime below the cluster's kubelet.
final class Containerd {
    private final Node node;

    Containerd(Node node) {
        this.node = node;
    }

    /// Kills a container's process by SIGKILL.
    void kill(String container) {
        node.run(
                "ctr",
                "--address=/run/k3s/containerd/containerd.sock",
                "--namespace=k8s.io",
                "task",
                "kill",
                "--signal=SIGKILL",
                container);
    }
}

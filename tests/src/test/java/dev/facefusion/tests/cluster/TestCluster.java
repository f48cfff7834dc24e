package dev.facefusion.tests.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/// A Kubernetes in a container with our images in it, the operator installed by the chart, and an
/// audit log of what the operator asks of the API server.
public final class TestCluster implements AutoCloseable {
    private static final String IMAGES = "/var/lib/rancher/k3s/agent/images/";
    private static final String AUDIT_POLICY = "/etc/rancher/audit-policy.yaml";
    private static final String AUDIT_LOG = "/var/log/kubernetes-audit.log";

    private final K3sContainer container;
    private final Node node;
    private final KubernetesClient client;
    private final OperatorRelease operator;

    private TestCluster(K3sContainer container) {
        this.container = container;
        node = new Node(container);
        String kubeConfig = container.getKubeConfigYaml();
        client =
                new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeConfig)).build();
        operator = new OperatorRelease(new Containerd(node), client, write(kubeConfig));
    }

    /// Helm's library takes no notice of a configuration that it gets as text.
    private static Path write(String kubeConfig) {
        Path file = Path.of("target/cluster/kubeconfig.yaml");
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, kubeConfig);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /// Blocks until the operator is ready, about half a minute.
    static TestCluster start() {
        var container = container(Settings.read());
        container.start();
        var cluster = new TestCluster(container);
        cluster.operator.install();
        return cluster;
    }

    private static K3sContainer container(Settings settings) {
        var image =
                DockerImageName.parse(settings.k3sImage()).asCompatibleSubstituteFor("rancher/k3s");
        var container = new K3sContainer(image);
        container
                .withCopyFileToContainer(
                        MountableFile.forHostPath(settings.operatorImage()),
                        IMAGES + "operator.tar")
                .withCopyFileToContainer(
                        MountableFile.forHostPath(settings.runtimeImage()), IMAGES + "runtime.tar")
                .withCopyFileToContainer(
                        MountableFile.forClasspathResource("audit-policy.yaml"), AUDIT_POLICY)
                .withCommand(
                        "server",
                        "--disable=traefik,metrics-server,servicelb,local-storage",
                        "--disable-helm-controller",
                        "--tls-san=" + container.getHost(),
                        "--kube-apiserver-arg=audit-log-path=" + AUDIT_LOG,
                        "--kube-apiserver-arg=audit-policy-file=" + AUDIT_POLICY);
        return container;
    }

    public KubernetesClient client() {
        return client;
    }

    /// The installed chart.
    public OperatorRelease operator() {
        return operator;
    }

    /// A folder of that name on the cluster's only node, for volumes.
    public NodeFolder folder(String name) {
        return NodeFolder.create(node, "/var/lib/facefusion-tests/" + name);
    }

    /// Has the cluster's node offer a resource that no device plugin knows, as devices that are not
    /// there.
    public void advertise(String resource, int count) {
        var _ =
                client.nodes()
                        .resource(client.nodes().list().getItems().getFirst())
                        .subresource("status")
                        .patch(
                                PatchContext.of(PatchType.JSON_MERGE),
                                "{\"status\": {\"capacity\": {\"%s\": \"%d\"}}}"
                                        .formatted(resource, count));
    }

    /// The operator's requests from the cluster's start until now.
    public AuditLog audit() {
        return container.copyFileFromContainer(AUDIT_LOG, AuditLog::read);
    }

    @Override
    public void close() {
        client.close();
        container.close();
    }
}

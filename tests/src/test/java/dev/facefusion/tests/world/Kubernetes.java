package dev.facefusion.tests.world;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/// A Kubernetes in a container that knows FaceFusionClusters and has no operator of its own.
final class Kubernetes implements AutoCloseable {
    private static final Path CRD =
            Path.of("../helm-chart/crds/facefusionclusters.facefusion.dev-v1.yml");

    private final K3sContainer container;
    private final KubernetesClient client;
    private final Path kubeConfig;

    private Kubernetes(K3sContainer container) {
        this.container = container;
        String config = container.getKubeConfigYaml();
        client = new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(config)).build();
        kubeConfig = Tools.FOLDER.resolve("kubeconfig.yaml").toAbsolutePath();
        try (var crd = Files.newInputStream(CRD)) {
            Files.createDirectories(Tools.FOLDER);
            Files.writeString(kubeConfig, config);
            client.load(crd).serverSideApply();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare the cluster", e);
        }
    }

    static Kubernetes start(Tools tools) {
        var image =
                DockerImageName.parse(tools.k3sImage()).asCompatibleSubstituteFor("rancher/k3s");
        var container = new K3sContainer(image);
        container.withCommand(
                "server",
                "--disable=traefik,metrics-server,servicelb,local-storage",
                "--disable-helm-controller",
                "--tls-san=" + container.getHost());
        container.start();
        return new Kubernetes(container);
    }

    KubernetesClient client() {
        return client;
    }

    Path kubeConfig() {
        return kubeConfig;
    }

    @Override
    public void close() {
        client.close();
        container.close();
    }
}

package dev.facefusion.tests.cluster;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.UpgradeCommand;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The operator as the chart installs it, under the chart's own permissions.
public final class OperatorRelease {
    /// Name of the release, of its Deployment, of its service account and of its Lease.
    public static final String NAME = "facefusion-operator";

    public static final String NAMESPACE = "facefusion-system";

    private static final int TIMEOUT_SECONDS = 120;

    private final KubernetesClient client;
    private final Path kubeConfig;

    OperatorRelease(KubernetesClient client, Path kubeConfig) {
        this.client = client;
        this.kubeConfig = kubeConfig;
    }

    /// One operator for every namespace. Blocks until it is ready, as the other upgrades do.
    public void install() {
        release(Map.of());
    }

    /// Several operators, of which one leads.
    public void runReplicas(int replicas) {
        release(Map.of("replicas", replicas));
    }

    /// One operator with rights in a single namespace.
    public void watchOnly(String namespace) {
        release(Map.of("watchNamespaces[0]", namespace));
    }

    private void release(Map<String, Object> values) {
        UpgradeCommand command =
                new Helm(Path.of("../helm-chart"))
                        .upgrade()
                        .install()
                        .withName(NAME)
                        .withNamespace(NAMESPACE)
                        .createNamespace()
                        .withKubeConfig(kubeConfig)
                        .resetValues()
                        .set("image.tag", "dev")
                        .set("runtimeImage.tag", "dev")
                        .set("logging.format", "text")
                        .waitReady()
                        .withTimeout(TIMEOUT_SECONDS);
        values.forEach(command::set);
        command.call();
    }

    /// The running operators.
    public List<Pod> pods() {
        return client
                .pods()
                .inNamespace(NAMESPACE)
                .withLabel("app.kubernetes.io/instance", NAME)
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    /// Name of the pod that leads.
    public Optional<String> leader() {
        Lease lease = client.leases().inNamespace(NAMESPACE).withName(NAME).get();
        return Optional.ofNullable(lease).map(found -> found.getSpec().getHolderIdentity());
    }

    /// Ends a pod at once, as a lost node would: nothing is handed over.
    public void kill(String pod) {
        client.pods().inNamespace(NAMESPACE).withName(pod).withGracePeriod(0).delete();
    }
}

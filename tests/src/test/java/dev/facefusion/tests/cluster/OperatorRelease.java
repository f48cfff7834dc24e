package dev.facefusion.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.UpgradeCommand;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The operator as the chart installs it, under the chart's own permissions.
public final class OperatorRelease {
    /// Name of the release, of its Deployment, of its service account and of its Lease.
    public static final String NAME = "facefusion-operator";

    public static final String NAMESPACE = "facefusion-system";

    private static final String EVERYWHERE = "watchAllNamespaces";
    private static final int TIMEOUT_SECONDS = 120;

    private final Containerd containerd;
    private final KubernetesClient client;
    private final Path kubeConfig;

    OperatorRelease(Containerd containerd, KubernetesClient client, Path kubeConfig) {
        this.containerd = containerd;
        this.client = client;
        this.kubeConfig = kubeConfig;
    }

    /// One operator for every namespace. Blocks until it is ready, as the other upgrades do.
    public void install() {
        release(Map.of(EVERYWHERE, true));
    }

    /// Several operators, of which one leads.
    public void runReplicas(int replicas) {
        release(Map.of(EVERYWHERE, true, "replicas", replicas));
    }

    /// One operator with rights in a single namespace. The one before is gone by then: it would
    /// miss the rights that it had.
    public void watchOnly(String namespace) {
        release(Map.of(EVERYWHERE, true, "replicas", 0));
        Fleet.eventually(() -> assertThat(operators().list().getItems()).isEmpty());
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
        return operators().list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    private FilterWatchListDeletable<Pod, PodList, PodResource> operators() {
        return client.pods().inNamespace(NAMESPACE).withLabel("app.kubernetes.io/instance", NAME);
    }

    /// Name of the pod that leads.
    public Optional<String> leader() {
        Lease lease = client.leases().inNamespace(NAMESPACE).withName(NAME).get();
        return Optional.ofNullable(lease).map(found -> found.getSpec().getHolderIdentity());
    }

    /// Ends an operator's process without giving it the time to hand over; the kubelet starts it
    /// anew.
    public void kill(String pod) {
        String container =
                pod(pod).getStatus()
                        .getContainerStatuses()
                        .getFirst()
                        .getContainerID()
                        .replaceFirst("^containerd://", "");
        containerd.kill(container);
    }

    /// Ends an operator as the loss of its node would: nothing is handed over, nothing starts anew.
    public void lose(String pod) {
        kill(pod);
        client.pods().inNamespace(NAMESPACE).withName(pod).withGracePeriod(0).delete();
    }

    /// How often the operator of a pod was started anew, once it is ready again.
    public int restarts(String pod) {
        var status = pod(pod).getStatus().getContainerStatuses().getFirst();
        if (!status.getReady()) {
            throw new AssertionError("the operator is not ready");
        }
        return status.getRestartCount();
    }

    private Pod pod(String name) {
        return client.pods().inNamespace(NAMESPACE).withName(name).require();
    }
}

package dev.facefusion.operator;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// A node without a machine: the scheduler binds pods to it as far as its GPUs reach, and nothing
/// runs there. Its lease is renewed, so that no controller takes it for lost.
final class FakeNode implements AutoCloseable {
    private static final String LEASES = "kube-node-lease";
    private static final int RENEWAL_SECONDS = 5;

    private final KubernetesClient client;
    private final String name;
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();

    FakeNode(KubernetesClient client, String name, int gpus) {
        this.client = client;
        this.name = name;
        client.resource(
                        new NodeBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .addToLabels("kubernetes.io/hostname", name)
                                .endMetadata()
                                .build())
                .create();
        beat();
        // As a merge: the node's controllers write to it meanwhile.
        var _ =
                client.nodes()
                        .withName(name)
                        .subresource("status")
                        .patch(PatchContext.of(PatchType.JSON_MERGE), readyWith(gpus));
        var _ =
                heart.scheduleAtFixedRate(
                        this::beat, RENEWAL_SECONDS, RENEWAL_SECONDS, TimeUnit.SECONDS);
    }

    private static String readyWith(int gpus) {
        return """
        {"status": {
          "capacity": {"cpu": "64", "memory": "64Gi", "pods": "100", "nvidia.com/gpu": "%1$d"},
          "allocatable": {"cpu": "64", "memory": "64Gi", "pods": "100", "nvidia.com/gpu": "%1$d"},
          "conditions": [{"type": "Ready", "status": "True", "reason": "KubeletReady"}]}}
        """
                .formatted(gpus);
    }

    private void beat() {
        try {
            client.resource(
                            new LeaseBuilder()
                                    .withNewMetadata()
                                    .withName(name)
                                    .withNamespace(LEASES)
                                    .endMetadata()
                                    .withNewSpec()
                                    .withHolderIdentity(name)
                                    .withLeaseDurationSeconds(40)
                                    .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
                                    .endSpec()
                                    .build())
                    .fieldManager("fake-node")
                    .forceConflicts()
                    .serverSideApply();
        } catch (KubernetesClientException _) {
            // The next beat is as good.
        }
    }

    @Override
    public void close() {
        heart.shutdownNow();
        var _ = client.nodes().withName(name).delete();
    }
}

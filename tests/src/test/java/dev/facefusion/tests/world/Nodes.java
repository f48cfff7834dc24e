package dev.facefusion.tests.world;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// GPU nodes that only kwok keeps. Each belongs to one stage, and its pods' addresses are loopback
/// addresses of this machine.
final class Nodes {
    /// Label and taint: the stage whose pods may come.
    static final String STAGE = "facefusion.dev/stage";

    private static final int FIRST_NETWORK = 64;
    private static final int LAST_NETWORK = 250;

    /// Another run on this machine most likely has another.
    private final int network = ThreadLocalRandom.current().nextInt(FIRST_NETWORK, LAST_NETWORK);

    private final KubernetesClient client;
    private final AtomicInteger numbers = new AtomicInteger();

    Nodes(KubernetesClient client) {
        this.client = client;
    }

    void add(String stage, int count, int gpus) {
        for (int i = 0; i < count; i++) {
            client.resource(node(stage, numbers.incrementAndGet(), gpus)).create();
        }
    }

    void remove(String stage) {
        var _ = client.nodes().withLabel(STAGE, stage).delete();
    }

    private Node node(String stage, int number, int gpus) {
        var resources =
                Map.of(
                        "cpu", new Quantity("64"),
                        "memory", new Quantity("256Gi"),
                        "pods", new Quantity("64"),
                        "nvidia.com/gpu", new Quantity(Integer.toString(gpus)));
        String name = "gpu-%03d".formatted(number);
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .withAnnotations(Kwok.ANNOTATION)
                .addToLabels(STAGE, stage)
                .addToLabels("kubernetes.io/hostname", name)
                .addToLabels("kubernetes.io/os", "linux")
                .endMetadata()
                .withNewSpec()
                .withPodCIDR("127.%d.%d.0/24".formatted(network + number / 256, number % 256))
                .addNewTaint()
                .withKey(STAGE)
                .withValue(stage)
                .withEffect("NoSchedule")
                .endTaint()
                .endSpec()
                .withNewStatus()
                .withCapacity(resources)
                .withAllocatable(resources)
                .endStatus()
                .build();
    }
}

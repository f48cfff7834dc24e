package dev.facefusion.tests.cluster;

import static java.util.Locale.ROOT;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/// A namespace that belongs to one test class.
public final class TestNamespace implements AutoCloseable {
    private final KubernetesClient client;
    private final String name;

    private TestNamespace(KubernetesClient client, String name) {
        this.client = client;
        this.name = name;
    }

    static TestNamespace create(KubernetesClient client, Class<?> test) {
        String name = test.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(ROOT);
        client.resource(
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                                .endMetadata()
                                .build())
                .create();
        return new TestNamespace(client, name);
    }

    public String name() {
        return name;
    }

    public KubernetesClient client() {
        return client;
    }

    /// Creates a resource in this namespace.
    public <T extends HasMetadata> T create(T resource) {
        return client.resource(resource).inNamespace(name).create();
    }

    public List<Pod> pods() {
        return client.pods().inNamespace(name).list().getItems();
    }

    /// Deletes the namespace without waiting until it is gone.
    @Override
    public void close() {
        var _ = client.namespaces().withName(name).delete();
    }
}

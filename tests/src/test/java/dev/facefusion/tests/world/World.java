package dev.facefusion.tests.world;

import dev.facefusion.tests.scenario.Scenario;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// The cluster, its nodes and pods, and whoever watches them: everything that scenarios share.
public final class World implements AutoCloseable {
    private static final String HOME = "operators";

    private static final int COMING_UP_AT_ONCE = 8;

    private final Semaphore entrance = new Semaphore(COMING_UP_AT_ONCE);
    private final Kubernetes kubernetes;
    private final Kwok kwok;
    private final KstatusReader kstatus;
    private final Kubelet kubelet;
    private final Nodes nodes;
    private final Spectators spectators;

    private World(Tools tools) throws InterruptedException {
        kstatus = new KstatusReader(tools);
        var training = Thread.startVirtualThread(OperatorProcess::train);
        kubernetes = Kubernetes.start(tools);
        kwok = new Kwok(tools, kubernetes.kubeConfig());
        kubelet = new Kubelet(client());
        nodes = new Nodes(client());
        spectators = new Spectators(client(), kubelet, kstatus);
        training.join();
    }

    /// Blocks until Kubernetes answers, about half a minute.
    public static World start() throws InterruptedException {
        return new World(Tools.read());
    }

    KubernetesClient client() {
        return kubernetes.client();
    }

    Semaphore entrance() {
        return entrance;
    }

    Nodes nodes() {
        return nodes;
    }

    Spectators spectators() {
        return spectators;
    }

    /// Operators for stages that leave them alone.
    public Operators sharedOperators(Collection<String> namespaces, int count) {
        createHome(HOME);
        return new Operators(client(), kubernetes.kubeConfig(), HOME, namespaces).start(count);
    }

    /// A namespace for fleets without pods, by which a leader shows that it works.
    public Probe probe() {
        createNamespace(Probe.NAMESPACE);
        return new Probe(client());
    }

    /// Operators for one stage alone, whose namespace is also their home.
    private Operators operatorsOf(Stage stage) {
        createAccount(stage.namespace());
        return new Operators(
                        client(),
                        kubernetes.kubeConfig(),
                        stage.namespace(),
                        List.of(stage.namespace()))
                .start(stage.scenario().losesItsOperator() ? 2 : 1);
    }

    /// Prepares a scenario's stage; nothing is played yet.
    public Play prepare(Scenario scenario, String namespace) {
        var stage = new Stage(scenario, namespace);
        createNamespace(namespace);
        nodes.add(namespace, scenario.nodes().count(), scenario.nodes().gpus());
        spectators.attend(stage);
        Optional<Operators> own =
                scenario.needsOwnOperator() ? Optional.of(operatorsOf(stage)) : Optional.empty();
        return new Play(this, stage, own);
    }

    private void createHome(String namespace) {
        if (client().namespaces().withName(namespace).get() == null) {
            createNamespace(namespace);
            createAccount(namespace);
        }
    }

    private void createNamespace(String name) {
        client().resource(
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .endMetadata()
                                .build())
                .create();
    }

    private void createAccount(String namespace) {
        client().resource(
                        new ServiceAccountBuilder()
                                .withNewMetadata()
                                .withName("facefusion-operator")
                                .withNamespace(namespace)
                                .endMetadata()
                                .build())
                .create();
    }

    @Override
    public void close() {
        spectators.close();
        kubelet.close();
        kwok.close();
        kstatus.close();
        kubernetes.close();
    }
}

package dev.facefusion.tests.world;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// A group of operators that share a lease and a list of namespaces.
public final class Operators implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration GLANCE = Duration.ofMillis(200);

    private final KubernetesClient client;
    private final Path kubeConfig;
    private final String home;
    private final Collection<String> namespaces;
    private final List<OperatorProcess> processes = new ArrayList<>();
    private int started;
    private String version = "one";

    /// @param home the namespace of the lease
    Operators(
            KubernetesClient client, Path kubeConfig, String home, Collection<String> namespaces) {
        this.client = client;
        this.kubeConfig = kubeConfig;
        this.home = home;
        this.namespaces = List.copyOf(namespaces);
    }

    synchronized Operators start(int count) {
        for (int i = 0; i < count; i++) {
            started++;
            processes.add(
                    new OperatorProcess(
                            new OperatorProcess.Settings(
                                    "operator-%s-%d".formatted(home, started),
                                    home,
                                    namespaces,
                                    version,
                                    kubeConfig,
                                    Tools.token(kubeConfig))));
        }
        return this;
    }

    /// Blocks until one of them leads.
    public Operators awaitLeader() throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (leader().filter(this::ours).isEmpty()) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException(
                        "no operator leads in %s after %d s%n%s"
                                .formatted(home, PATIENCE.toSeconds(), lastWords()));
            }
            Thread.sleep(GLANCE);
        }
        return this;
    }

    private synchronized String lastWords() {
        return processes.stream()
                .map(OperatorProcess::lastWords)
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private synchronized boolean ours(String leader) {
        return processes.stream().anyMatch(process -> process.name().equals(leader));
    }

    public Optional<String> leader() {
        var lease = client.leases().inNamespace(home).withName("facefusion-operator").get();
        return Optional.ofNullable(lease)
                .map(found -> Objects.requireNonNullElse(found.getSpec().getHolderIdentity(), ""))
                .filter(name -> !name.isEmpty());
    }

    /// Kills the leader and starts another process in its place.
    ///
    /// @return who led
    public synchronized String killLeader() {
        String leader = leader().orElseThrow(() -> new IllegalStateException("nobody leads"));
        OperatorProcess victim =
                processes.stream()
                        .filter(process -> process.name().equals(leader))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException(leader + " is not ours"));
        victim.kill();
        processes.remove(victim);
        start(1);
        return leader;
    }

    /// Stops all, and starts as many of another version.
    synchronized void upgrade() {
        int count = processes.size();
        processes.forEach(OperatorProcess::close);
        processes.clear();
        version = "two";
        start(count);
    }

    @Override
    public synchronized void close() {
        processes.forEach(OperatorProcess::close);
    }
}

package dev.facefusion.tests.world;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;

/// Measures when an operator works: how long a new fleet without pods waits for its Deployment.
public final class Probe {
    static final String NAMESPACE = "probe";

    private static final Duration GLANCE = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final KubernetesClient client;

    Probe(KubernetesClient client) {
        this.client = client;
    }

    /// Blocks until somebody reconciles, for a minute at most.
    ///
    /// @param since from when the time counts
    public Duration untilReconciled(Instant since) throws InterruptedException {
        var fleet = new FleetResource(client, NAMESPACE);
        fleet.create(new ObjectMapper().createObjectNode().put("replicas", 0));
        var deployment =
                client.apps().deployments().inNamespace(NAMESPACE).withName(FleetResource.NAME);
        while (deployment.get() == null && Instant.now().isBefore(since.plus(PATIENCE))) {
            Thread.sleep(GLANCE);
        }
        var waited = Duration.between(since, Instant.now());
        fleet.delete();
        while (deployment.get() != null) {
            Thread.sleep(GLANCE);
        }
        return waited;
    }
}

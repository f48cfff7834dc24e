package dev.facefusion.operator.act;

import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The lease that says which of several operators leads.
public final class LeaderLease {
    public static final String NAME = "facefusion-operator";

    private static final Logger log = LoggerFactory.getLogger(LeaderLease.class);

    private final KubernetesClient client;
    private final String namespace;
    private final String identity;

    public LeaderLease(KubernetesClient client, String namespace, String identity) {
        this.client = client;
        this.namespace = namespace;
        this.identity = identity;
    }

    /// Gives the lease back if it is ours, so that the next leader need not wait until it runs out.
    /// Never throws: then the next leader waits.
    public void release() {
        try {
            var resource = client.leases().inNamespace(namespace).withName(NAME);
            var lease = resource.get();
            if (lease != null && identity.equals(lease.getSpec().getHolderIdentity())) {
                var released =
                        new LeaseBuilder(lease).editSpec().withHolderIdentity("").endSpec().build();
                client.resource(released).lockResourceVersion().update();
            }
        } catch (KubernetesClientException e) {
            log.atWarn().setCause(e).log("Could not release the lease; it runs out by itself");
        }
    }
}

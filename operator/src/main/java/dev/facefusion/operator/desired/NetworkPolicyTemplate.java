package dev.facefusion.operator.desired;

import dev.facefusion.operator.desired.WorkloadSettings.OperatorPods;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import java.util.Map;
import java.util.TreeMap;

/// Everybody reaches the task API; only the operator's pods reach the port by which a pod is asked
/// for its health, drained and restarted. The kubelet's probes come from the node, which no policy
/// keeps out.
final class NetworkPolicyTemplate {
    private static final String NAMESPACE = "kubernetes.io/metadata.name";

    private NetworkPolicyTemplate() {}

    static NetworkPolicy of(WorkloadSettings settings, OperatorPods operator) {
        return new NetworkPolicyBuilder()
                .withMetadata(ObjectMetadata.of(settings.owner(), Map.of()))
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(Labels.selector(settings.owner().name()))
                .endPodSelector()
                .withPolicyTypes("Ingress")
                .addNewIngress()
                .withPorts(port(RuntimeContainer.API_PORT))
                .endIngress()
                .addNewIngress()
                .addNewFrom()
                .withNewNamespaceSelector()
                .withMatchLabels(Map.of(NAMESPACE, operator.namespace()))
                .endNamespaceSelector()
                .withNewPodSelector()
                .withMatchLabels(new TreeMap<>(operator.labels()))
                .endPodSelector()
                .endFrom()
                .withPorts(port(RuntimeContainer.HEALTH_PORT))
                .endIngress()
                .endSpec()
                .build();
    }

    private static NetworkPolicyPort port(int number) {
        return new NetworkPolicyPortBuilder()
                .withPort(new IntOrString(number))
                .withProtocol("TCP")
                .build();
    }
}
